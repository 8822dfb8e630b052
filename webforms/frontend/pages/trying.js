import { pressedByKey, remember } from './focusing.js';

// A rehearsal that is told as it runs: how many have been played, and those that do not hold as soon as they are known.
function row(form, told, link) {
  const item = document.createElement('li');
  item.className = 'rd-story';
  const chip = document.createElement('span');
  chip.className = 'rd-chip rd-chip--major';
  chip.textContent = form.dataset.failed;
  const name = link.cloneNode(true);
  const why = document.createElement('p');
  why.className = 'rd-story__wrong';
  why.textContent = `${told.step} · ${told.wrong.join(form.dataset.between)}`;
  item.append(chip, name, why);
  return item;
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    const parts = (rest + (value ?? '')).split('\n');
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
    if (done) return;
  }
}

async function play(form, pressed) {
  const [first, bar, status] = ['button', 'progress', '[data-rd-progress]'].map((what) => form.querySelector(what));
  const button = pressed ?? first;
  const byKey = pressedByKey(button);
  // Read before the buttons are out of use, for the pressed one says which stories are wanted.
  const body = new FormData(form, pressed);
  const failing = document.querySelector('[data-rd-failing]');
  const links = new Map([...document.querySelectorAll('[data-rd-story]')].map((one) => [one.dataset.rdStory, one.querySelector('a')]));
  form.querySelectorAll('button').forEach((one) => { one.disabled = true; });
  button.textContent = form.dataset.busy;
  bar.hidden = false;
  failing.replaceChildren();
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/x-ndjson' } });
  if (!answer.ok || !answer.body) throw new Error(`${form.action}: ${answer.status}`);
  let [count, done, failed] = [0, 0, 0];
  for await (const told of lines(answer.body)) {
    if (told.count !== undefined) count = bar.max = told.count;
    if (told.file) {
      done += 1;
      failed += told.held ? 0 : 1;
      bar.value = done;
    }
    status.textContent = form.dataset.progress.replace('{done}', done).replace('{count}', count).replace('{failed}', failed);
    if (told.file) {
      if (!told.held && links.has(told.file)) failing.append(row(form, told, links.get(told.file)));
    }
    if (told.said) {
      status.textContent = told.said;
      form.querySelectorAll('button').forEach((one) => { one.disabled = false; });
      return;
    }
  }
  if (byKey) remember(byKey);
  window.location.reload();
}

export function tellRehearsal(page) {
  const form = page.querySelector('form[data-rd-rehearse]');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    // Without the stream the form is sent as it would be without a script.
    play(form, event.submitter).catch(() => form.submit());
  });
}
