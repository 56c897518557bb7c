import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Answer, type Answers, answerWith } from '../../../test/answers.ts';
import { exampleReplay } from '../../../test/example-threshold.ts';
import { openApp } from '../../../test/open-app.tsx';
import { signedInAs } from '../../../test/users.ts';

const STORED = 'GET /api/threshold?level=flagged';
const AT_20 = 'GET /api/threshold?risk_threshold=20&level=flagged';
const ANSWERS: Answers = {
  'GET /api/me': signedInAs('viewer'),
  [STORED]: { json: exampleReplay() },
  [AT_20]: { json: exampleReplay(20) },
};

afterEach(() => vi.unstubAllGlobals());

async function open(address = '/threshold', answers: Answers = ANSWERS) {
  const asked = answerWith(answers);
  const history = openApp(address);
  await screen.findByRole('slider', { name: 'Threshold' });
  const questions = () => asked.filter(({ path }) => path.startsWith('/api/threshold')).map(({ path }) => path);
  return { history, questions, user: userEvent.setup({ delay: null }) };
}

const card = (label: string) =>
  screen.getByText(label, { exact: false, selector: 'li > span' }).closest('li')?.textContent?.trim();
const slider = () => screen.getByRole('slider', { name: 'Threshold' });
const field = () => screen.getByRole('spinbutton', { name: 'Threshold in per cent' });

describe('the threshold page', () => {
  it('begins with how it is', async () => {
    await open();
    expect(card('Flagged now')).toBe('Flagged now 48 of 213 active tutors this is how it is');
    expect(card('Wrong')).toBe('Wrong, to be expected 9.3 of 48 flagged this is how it is');
    expect(card('Missed')).toBe('Missed, to be expected 20.1 of 63.2 above 15 % this is how it is');
    expect(card('Changes a day')).toBe(
      'Changes a day 1.6 71 opened, 70 closed in 90 nights with 90 days behind them; this is how it is',
    );
    expect([slider(), field()].map((input) => input.getAttribute('value'))).toEqual(['15', '15']);
  });

  it('puts how it is beside what its address asks for', async () => {
    await open('/threshold?risk_threshold=20');
    expect(card('Flagged now')).toBe('Flagged now 43 of 213 active tutors 48 as it is (−5)');
    expect(card('Wrong')).toBe('Wrong, to be expected 9.3 of 43 flagged 9.3 of 48 as it is');
    const rows = within(screen.getByRole('table', { name: 'What would each level say at 20 %?' })).getAllByRole('row');
    const cells = (row: HTMLElement) =>
      within(row)
        .queryAllByRole('cell')
        .map(({ textContent }) => textContent);
    expect(rows.slice(1).map((row) => cells(row).slice(0, 3))).toEqual([
      ['Literal rule', '115', '80.0 of 115'],
      ['Watch or confirmed', '43', '9.3 of 43'],
      ['Confirmed only', '16', '1.0 of 16'],
      ['As it is: Watch or confirmed at 15 %', '48', '9.3 of 48'],
    ]);
    expect(rows.filter((row) => row.getAttribute('aria-current') === 'true')).toEqual([rows[2]]);
  });

  it('says what is stored, and what only a replay ends with, where these differ', async () => {
    const replay = exampleReplay(20);
    const days = replay.days.map((day) => ({ ...day, current: 52 }));
    await open('/threshold?risk_threshold=20', { ...ANSWERS, [AT_20]: { json: { ...replay, days } } });
    expect(card('Flagged now')).toBe('Flagged now 43 of 213 active tutors 48 as it is; 52 by the replay (−9)');
    expect(
      screen.getByText(
        'At 15 %, the stored threshold, flagged, wrong and missed are told from what is stored; everything else is by the replay.',
      ),
    ).toBeDefined();
  });

  it('says in how many nights changes were counted, and of which sessions', async () => {
    await open('/threshold', { ...ANSWERS, [STORED]: { json: exampleReplay(15, 'flagged', { nights: 31 }) } });
    expect(card('Changes a day')).toContain('in 31 nights with 90 days behind them');
    expect(
      screen.getByText(
        /Changes are counted in 31 nights .* played again night by night from the sessions as they are known today\./,
      ),
    ).toBeDefined();
  });

  it('says so where no night has enough behind it to count changes', async () => {
    const { current } = exampleReplay();
    const none = { ...current, opened: 0, closed: 0, changes_per_day: null };
    const json = exampleReplay(15, 'flagged', { nights: 0, current: none, chosen: none, rules: [none] });
    await open('/threshold', { ...ANSWERS, [STORED]: { json } });
    expect(card('Changes a day')).toBe(
      'Changes a day – no nights yet They are counted once there are sessions of 90 days and two weeks more.',
    );
    const row = screen.getByRole('row', { name: /^As it is/ });
    expect(within(row).getAllByRole('cell').at(-1)?.textContent).toBe('– no nights yet');
    expect(screen.getByText(/Changes are not counted yet: no night has sessions of 90 days/)).toBeDefined();
  });

  it.each([
    ['12.25', '12.5'],
    ['60', '50'],
    ['0', '1'],
  ])('takes %s in the field, and has the slider say the %s that it shows', async (typed, shown) => {
    const { user } = await open();
    await user.clear(field());
    await user.type(field(), typed);
    const input = field();
    if (!(input instanceof HTMLInputElement)) throw new TypeError('The field is an input.');
    expect([input.value, input.validity.valid, input.getAttribute('aria-invalid')]).toEqual([typed, true, 'false']);
    expect([slider().getAttribute('value'), slider().getAttribute('aria-valuetext')]).toEqual([shown, `${shown} %`]);
  });

  it('asks once for where the slider stands still, and keeps what it had until the answer is there', async () => {
    let answer: (answer: Answer) => void = () => {};
    const held = new Promise<Answer>((done) => {
      answer = done;
    });
    const { questions, history } = await open('/threshold', { ...ANSWERS, [AT_20]: held });
    for (const value of ['16', '18.5', '20']) fireEvent.change(slider(), { target: { value } });
    expect(field().getAttribute('value')).toBe('20');
    expect(screen.getByText('Being worked out …')).toBeDefined();
    await waitFor(() =>
      expect(questions()).toEqual(['/api/threshold?level=flagged', '/api/threshold?risk_threshold=20&level=flagged']),
    );
    expect(history.location.href).toBe('/threshold?risk_threshold=20');
    expect(card('Flagged now')).toContain('48 of 213 active tutors');
    answer({ json: exampleReplay(20) });
    await waitFor(() => expect(card('Flagged now')).toContain('43 of 213 active tutors'));
    expect(screen.queryByText('Being worked out …')).toBeNull();
  });

  it('takes a typed number, says what is wrong with another, and does not ask for that', async () => {
    const { user, history, questions } = await open();
    await user.clear(field());
    expect(field().getAttribute('aria-invalid')).toBe('false');
    await user.type(field(), '20.123');
    expect(await screen.findByText('must be a number from 0 to 100 with at most two decimals')).toBeDefined();
    expect(field().getAttribute('aria-invalid')).toBe('true');
    await user.clear(field());
    await user.type(field(), '20');
    await waitFor(() => expect(history.location.href).toBe('/threshold?risk_threshold=20'));
    expect(questions().filter((path) => path.includes('20.1'))).toEqual([]);
  });

  it('shows the threshold of the address again when one goes back', async () => {
    const { history } = await open();
    act(() => history.push('/threshold?risk_threshold=20'));
    await waitFor(() => expect(field().getAttribute('value')).toBe('20'));
    act(() => history.back());
    await waitFor(() => expect(field().getAttribute('value')).toBe('15'));
  });

  it('changes the level by a link', async () => {
    const literal = 'GET /api/threshold?risk_threshold=20&level=literal';
    const { user, history } = await open('/threshold?risk_threshold=20', {
      ...ANSWERS,
      [literal]: { json: exampleReplay(20, 'literal') },
    });
    const chosen = () =>
      within(screen.getByRole('navigation', { name: 'Flag by' })).getByRole('link', { current: true });
    expect(chosen().textContent).toBe('Watch or confirmed');
    await user.click(screen.getByRole('link', { name: 'Literal rule' }));
    await waitFor(() => expect(card('Flagged now')).toContain('115 of 213 active tutors'));
    expect(chosen().textContent).toBe('Literal rule');
    expect(history.location.href).toBe('/threshold?risk_threshold=20&level=literal');
  });

  it('says so where nothing can be played again', async () => {
    await open('/threshold', { ...ANSWERS, [STORED]: { json: exampleReplay(15, 'flagged', { tutors: 0 }) } });
    expect(screen.getByText('There is nothing to play again yet.')).toBeDefined();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says why there is no answer, and tries again when asked to', async () => {
    const answers: Answers = { ...ANSWERS, [STORED]: { status: 500, json: { message: 'It broke.' } } };
    answerWith(answers);
    openApp('/threshold');
    expect(await screen.findByText('It broke.')).toBeDefined();
    answers[STORED] = { json: exampleReplay() };
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('The stored threshold is 15 %. Only an admin may change it.')).toBeDefined();
  });
});
