// Changes that never reached the server, of a diagram that was changed elsewhere since: their maker decides what becomes of them.
export function offerKept(part, { kept, use, drop }) {
  const notice = part('kept');
  const load = part('kept-load');
  load.href = URL.createObjectURL(new Blob([kept], { type: 'application/xml' }));
  notice.hidden = false;
  const decide = (act) => () => { notice.hidden = true; act(); };
  part('kept-use').addEventListener('click', decide(use));
  part('kept-drop').addEventListener('click', decide(drop));
}
