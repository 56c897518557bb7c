import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Answer, answerWith } from '../../../test/answers.ts';
import { exampleFunnel, funnelTutor } from '../../../test/example-funnel.ts';
import { openApp } from '../../../test/open-app.tsx';
import { signedInAs } from '../../../test/users.ts';

const FAR = funnelTutor('Farah', {
  sessions: 100,
  reschedules: 40,
  evidence: 'confirmed',
  risk_probability: 0.999,
  outside: '99.8',
  outside_overdispersed: '99.8',
});
const USUAL = funnelTutor('Ulla', { sessions: 50, reschedules: 4 });
const FEW = funnelTutor('Fay', { sessions: 2, reschedules: 1, evidence: 'too_few', risk_probability: 0.3 });
const ALIKE = funnelTutor('Finn', { sessions: 2, reschedules: 1, evidence: 'too_few', risk_probability: 0.3 });
const TUTORS = [FAR, FEW, ALIKE, USUAL];

/** As wide as the plot is 648 pixels, from 44 on. */
const WIDTH = 800;

// happy-dom lays nothing out: without a width there is no drawing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, WIDTH, 420));
  Object.assign(HTMLElement.prototype, { setPointerCapture: () => {} });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function open(address = '/funnel', answer: Answer = { json: exampleFunnel(TUTORS) }) {
  const asked = answerWith({ 'GET /api/me': signedInAs('viewer'), 'GET /api/funnel': answer });
  const history = openApp(address);
  await screen.findByRole('heading', { name: 'Funnel', level: 1 });
  return { history, user: userEvent.setup(), asked };
}

const plot = () => screen.findByRole('application', { name: 'Tutors by sessions and rate' });
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);

test('asks for active tutors over 90 days, and shows each with counts, place, evidence and probability', async () => {
  const { asked } = await open();
  const row = await screen.findByRole('row', { name: /Farah/ });
  expect(asked.at(-1)?.path).toBe('/api/funnel?window_days=90&is_active=true');
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['Farah', '40.0 %40 of 100', 'above outer 99.8 %', 'Confirmed', 'over 99 %']);
  expect(within(row).getByRole('link').getAttribute('href')).toBe(`/tutors/${FAR.id}`);
  expect(names()).toEqual(['Farah', 'Fay', 'Finn', 'Ulla']);
});

test('draws a mark for each place, by tier, among the named limits, and sums it up', async () => {
  await open();
  const drawing = await plot();
  const marks = (tier: string) =>
    drawing.querySelector(`[data-tier="${tier}"] path`)?.getAttribute('d')?.match(/M/g)?.length ?? 0;
  expect(['confirmed', 'watch', 'clear', 'too_few'].map(marks)).toEqual([1, 0, 1, 1]);
  expect(drawing.querySelectorAll('[data-limit]')).toHaveLength(8);
  for (const words of ['threshold 15 %', 'chance 95 %', 'chance 99.8 %', 'outer 99.8 %', 'all 8.0 %'])
    expect(within(drawing).getByText(words)).toBeTruthy();
  expect(screen.getByText(/1 above and none below what chance does in 99\.8 % of cases; 1 above/)).toBeTruthy();
  expect(screen.getByText(/Tutors differ by more than chance: the outer dashed limits allow for that\./)).toBeTruthy();
});

test('is walked through with the keyboard, each place in words, and opened', async () => {
  const { user, history } = await open();
  const drawing = await plot();
  const words = () => drawing.querySelector('[aria-live]')?.textContent;
  drawing.focus();
  expect(words()).toBe('');
  await user.keyboard('{ArrowRight}');
  expect(words()).toBe('Farah: 40.0 %, 40 of 100; confirmed, over 99 % likely above the threshold; above outer 99.8 %');
  await user.keyboard('{Home}');
  expect(words()).toBe('2 tutors: Fay, Finn; 50.0 %, 1 of 2; 2 with too few sessions; within chance');
  await user.keyboard('{ArrowRight}');
  expect(words()).toMatch(/^Ulla: 8\.0 %, 4 of 50/);
  expect(within(drawing).getByText('Ulla')).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(within(drawing).queryByText('Ulla')).toBeNull();
  await user.keyboard('{End}{End}{Enter}');
  await waitFor(() => expect(history.location.pathname).toBe(`/tutors/${FAR.id}`));
});

test('says how the picture is used, whether something is selected or not', async () => {
  const { user } = await open();
  const drawing = await plot();
  const help = () => document.getElementById(drawing.getAttribute('aria-describedby') ?? '')?.textContent;
  expect(drawing.getAttribute('aria-roledescription')).toBe('funnel plot');
  expect(help()).toMatch(/^Arrow keys walk from place to place, Enter opens/);
  await user.type(screen.getByLabelText('Sessions from'), '90{Enter}');
  await screen.findByRole('link', { name: 'Clear selection' });
  expect(help()).toMatch(/^Arrow keys walk/);
});

test('opens a place of several tutors as a selection', async () => {
  const { user, history } = await open();
  (await plot()).focus();
  await user.keyboard('{Home}{Home}{Enter}');
  await waitFor(() => expect(names()).toEqual(['Fay', 'Finn']));
  expect(history.location.search).toBe('?sessions_from=2&sessions_to=2&rate_from=50&rate_to=50');
  expect(screen.getByText('2 of 4 tutors selected.')).toBeTruthy();
});

test('selects by the fields, into the address, and lets go of it again', async () => {
  const { user, history } = await open('/funnel?window_days=30');
  await user.type(await screen.findByLabelText('Sessions from'), '40');
  await user.type(screen.getByLabelText('Rate to, in per cent'), '10.5{Enter}');
  await waitFor(() => expect(names()).toEqual(['Ulla']));
  expect(history.location.search).toBe('?window_days=30&sessions_from=40&rate_to=10.5');
  expect(screen.getByLabelText('Rate to, in per cent')).toHaveProperty('value', '10.5');
  await user.click(screen.getByRole('link', { name: 'Clear selection' }));
  await waitFor(() => expect(names()).toHaveLength(4));
  expect(history.location.search).toBe('?window_days=30');
  expect(screen.getByLabelText('Sessions from')).toHaveProperty('value', '');
});

test('shows the selection of an address, and says when nobody lies in it', async () => {
  await open('/funnel?sessions_from=90&rate_from=30');
  await waitFor(() => expect(names()).toEqual(['Farah']));
  expect(screen.getByLabelText('Sessions from')).toHaveProperty('value', '90');
  expect((await plot()).querySelector('svg > g > rect')).toBeTruthy();
});

test('says when nobody lies in the selection', async () => {
  await open('/funnel?sessions_from=5000');
  expect(await screen.findByText('No tutor lies in this selection.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Clear selection' }).getAttribute('href')).toBe('/funnel');
});

test('selects by a rectangle that is drawn in the picture', async () => {
  const { history } = await open();
  const drawing = await plot();
  const at = (clientX: number, clientY: number) => ({ clientX, clientY, isPrimary: true, button: 0, pointerId: 1 });
  fireEvent.pointerDown(drawing, at(400, 400));
  fireEvent.pointerMove(drawing, at(300, 250));
  fireEvent.pointerMove(drawing, at(500, 20));
  fireEvent.pointerUp(drawing, at(300, 250));
  await waitFor(() => expect(history.location.search).toMatch(/sessions_from=\d+&sessions_to=\d+&rate_from=\d/));
});

test('says who is pointed at, and opens on a click', async () => {
  const { history } = await open();
  const drawing = await plot();
  const [x = 0, y = 0] = [
    ...(drawing.querySelector('[data-tier="clear"] path')?.getAttribute('d') ?? '').matchAll(/-?[\d.]+/g),
  ].map(Number);
  const at = { clientX: 44 + x, clientY: 20 + y, isPrimary: true, button: 0, pointerId: 1 };
  fireEvent.pointerMove(drawing, at);
  expect(within(drawing).getByText('Ulla')).toBeTruthy();
  expect(within(drawing).getByText('4 of 50', { exact: false })).toBeTruthy();
  expect(drawing.querySelector('[aria-live]')?.textContent).toBe('');
  fireEvent.pointerMove(drawing, { ...at, clientX: at.clientX + 100 });
  expect(within(drawing).queryByText('Ulla')).toBeNull();
  fireEvent.pointerDown(drawing, at);
  fireEvent.pointerUp(drawing, at);
  await waitFor(() => expect(history.location.pathname).toBe(`/tutors/${USUAL.id}`));
});

test('leads to other windows and activities, and keeps the selection', async () => {
  const { user, history } = await open('/funnel?rate_from=30');
  const link = await screen.findByRole('link', { name: '7 days' });
  expect(link.getAttribute('href')).toBe('/funnel?window_days=7&rate_from=30');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Activity' }), 'Active or not');
  await waitFor(() => expect(history.location.search).toBe('?is_active=all&rate_from=30'));
});

test('shows 50 tutors a page', async () => {
  const many = Array.from({ length: 120 }, (_, index) => funnelTutor(`T${index}`, { sessions: 60 + index }));
  await open('/funnel?page=3', { json: exampleFunnel(many) });
  await waitFor(() => expect(names()).toHaveLength(20));
  expect(names()[0]).toBe('T100');
  expect(screen.getByRole('link', { name: 'Previous page' }).getAttribute('href')).toBe('/funnel?page=2');
});

test('says that tutors do not differ where the data show none, and draws no outer limits', async () => {
  const funnel = exampleFunnel(TUTORS);
  await open('/funnel', { json: { ...funnel, prior: { ...funnel.prior, basis: 'no_difference' } } });
  expect(await screen.findByText(/The data show no difference between tutors\./)).toBeTruthy();
  expect((await plot()).querySelectorAll('[data-limit]')).toHaveLength(4);
  expect(screen.queryByText(/outer/)).toBeNull();
});

test('keeps its axes and says so when no tutor has sessions', async () => {
  await open('/funnel?window_days=7', {
    json: exampleFunnel([], { window_days: 7, centre: null, phi: null, tau_squared: null, limits: [] }),
  });
  expect(await screen.findByText('No tutor has sessions in the last 7 days.')).toBeTruthy();
  expect(within(await plot()).getByText('no sessions in this period')).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
});

test('says what went wrong, and asks again', async () => {
  const { user, asked } = await open('/funnel', { status: 400, json: { message: 'The query cannot be read.' } });
  expect(await screen.findByText('The funnel could not be loaded.')).toBeTruthy();
  const before = asked.filter(({ path }) => path.startsWith('/api/funnel')).length;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() =>
    expect(asked.filter(({ path }) => path.startsWith('/api/funnel')).length).toBeGreaterThan(before),
  );
});
