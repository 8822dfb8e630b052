// What somebody has unfolded stays so when the page around it is drawn again.
export function keepUnfolded(page) {
  const open = new Set();
  let kept = [];
  page.addEventListener('toggle', ({ target }) => {
    if (!target.matches('details[data-rd-stays]')) return;
    if (target.open) open.add(target.id);
    else open.delete(target.id);
  }, true);
  page.addEventListener('htmx:before:swap', () => { kept = [...open]; });
  page.addEventListener('htmx:after:swap', () => kept.map((id) => page.getElementById(id)).forEach((found) => { if (found) found.open = true; }));
  // A list that lies over the page goes when something else is clicked.
  page.addEventListener('click', ({ target }) => {
    page.querySelectorAll('details[data-rd-over][open]').forEach((over) => { if (!over.contains(target)) over.open = false; });
  });
}
