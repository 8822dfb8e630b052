// The list of a draft's files shows the one that is open, however long it is; the page itself stays where it is.
export function showOpenFile(document) {
  const open = document.querySelector('.rd-files [aria-current]');
  for (const list of [open?.closest('ul'), open?.closest('.rd-files')]) if (list) scrollTo(list, open);
}

function scrollTo(list, open) {
  const below = open.getBoundingClientRect().bottom - list.getBoundingClientRect().top - list.clientHeight;
  if (below > 0) list.scrollTop += below + list.clientHeight / 2;
}
