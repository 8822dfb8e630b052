// Counts the ticked rows on the button that claims them, and shows the bar while there are any.
export function countTicks(page, list) {
  const bar = page.querySelector('#claim-many');
  if (!bar) return;
  const all = bar.querySelector('[data-rd-tick-all]');
  const boxes = () => [...list.querySelectorAll('[name=item]')].filter((box) => !box.disabled);
  const count = () => show(bar, all, boxes());
  all.closest('label').hidden = false;
  all.addEventListener('change', () => {
    boxes().forEach((box) => { box.checked = all.checked; });
    count();
  });
  list.addEventListener('change', count);
  window.addEventListener('pageshow', count);
  count();
}

function show(bar, all, boxes) {
  const ticked = boxes.filter((box) => box.checked).length;
  const button = bar.querySelector('button');
  bar.hidden = ticked === 0;
  button.className = 'btn btn-primary';
  button.textContent = bar.dataset.rdClaimN.replace('{n}', ticked);
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}
