import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Set by the test runner where there is no browser: the only case in which browser tests may be left out. */
export const isChromiumMissing = (process.env['TQS_MISSING'] ?? '').split(',').includes('chromium');

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The machine's own Chromium, without a window.
 *
 * @throws Error when there is none: a missing browser is a failure, not a reason to pass.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error(`no Chromium at ${PLACES.join(', ')}`);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, headless: true, args });
}
