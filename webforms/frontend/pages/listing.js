// The list of a draft's files shows the one that is open, however long it is; the page itself stays where it is.
export function showOpenFile(document) {
  const list = document.querySelector('.rd-files');
  const open = list?.querySelector('[aria-current]');
  if (!open) return;
  const below = open.getBoundingClientRect().bottom - list.getBoundingClientRect().top - list.clientHeight;
  if (below > 0) list.scrollTop += below + list.clientHeight / 2;
}
