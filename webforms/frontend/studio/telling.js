// What every editor of a draft tells at its bar: how saving stands, and what the server's check finds.
export function telling(part, words) {
  return (state, detail = {}) => {
    const status = part('status');
    status.dataset.state = state;
    status.dataset.digest = detail.digest ?? '';
    status.textContent = detail.text ?? words.states[state].replace('{at}', detail.at ?? '');
    part('take-over').hidden = !(state === 'refused' && detail.may_take_over);
  };
}

// Once the session is over, an address of data leads to the page on which to sign in.
const isData = (answer) => Boolean(answer.headers.get('Content-Type')?.startsWith('application/json'));

// What the rules say comes within a second; what trying it brings to light follows. `show` is given what was found, and that in words.
export function checking(address, show) {
  let checks = 0;

  // While the server is away nothing is found anew; the next saving asks again.
  async function ask(at, asked) {
    const answer = await fetch(at, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok || !isData(answer) || asked !== checks) return;
    const { findings, said } = await answer.json();
    show(findings, said);
  }

  return async () => {
    const asked = ++checks;
    await ask(`${address}&first=1`, asked);
    await ask(address, asked);
  };
}

// What stands in another file is mended by the server; what refuses it is said where saving is told.
export const mendingElsewhere = (place, tell, then) => async ({ file, mending: { do: way, element, name, value } }) => {
  const body = new URLSearchParams({ file, do: way, element: element ?? '', name, value });
  const answer = await fetch(place.mend, { method: 'POST', body, headers: { 'X-CSRFToken': place.token, Accept: 'application/json' } });
  if (!isData(answer)) { tell('signedOut'); return; }
  tell(answer.ok ? 'saved' : 'refused', await answer.json());
  if (answer.ok) await then();
};

// A new form of the draft, empty: the address of its editor, or nothing when it was refused.
export const making = (place) => async (name) => {
  const answer = await fetch(place.newForm, { method: 'POST', body: new URLSearchParams({ name, file: place.file }), headers: { 'X-CSRFToken': place.token } }).catch(() => null);
  return answer?.ok && answer.redirected && new URL(answer.url).searchParams.has('file') ? answer.url : null;
};
