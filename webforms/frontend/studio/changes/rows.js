// Rows and entries side by side: both halves of a table scroll as one, and a place is brought into view.
export function scrolledTogether(sheet) {
  sheet.querySelectorAll('.rd-grids').forEach((grids) => {
    const sides = [...grids.querySelectorAll('[data-rd-scrolls]')];
    sides.forEach((side) => side.addEventListener('scroll', () => sides.forEach((other) => {
      if (other !== side && other.scrollLeft !== side.scrollLeft) other.scrollLeft = side.scrollLeft;
    }), { passive: true }));
  });
}

// A table wider than its half shows what differs.
export function showCell(row) {
  const [cell, side] = [row.querySelector('.rd-grid__cell--changed'), row.closest('[data-rd-scrolls]')];
  if (!cell || !side) return;
  const room = row.querySelector('th').offsetWidth;
  const beyond = cell.offsetLeft + cell.offsetWidth + 8 - side.clientWidth;
  if (beyond > 0) side.scrollLeft = Math.min(beyond, cell.offsetLeft - room - 8);
}

export function showRow(sheet, at) {
  const rows = [...sheet.querySelectorAll('[data-rd-place]')].filter(({ dataset }) => dataset.rdPlace === at || dataset.rdPlace.endsWith(`/${at}`));
  if (!at || !rows.length) return false;
  sheet.querySelectorAll('.rd-here').forEach((one) => one.classList.remove('rd-here'));
  sheet.querySelectorAll('.rd-here__mark').forEach((one) => one.remove());
  rows.forEach((row) => row.classList.add('rd-here'));
  rows.at(-1).scrollIntoView({ block: 'center', inline: 'nearest' });
  showCell(rows.at(-1));
  return true;
}
