// What is to be known of an element stands beside it while one points at it or has tapped it.
const BESIDE = 8;

function place(note, box, gfx) {
  const [drawn, around] = [gfx.getBoundingClientRect(), box.getBoundingClientRect()];
  const left = Math.min(Math.max(drawn.left - around.left, BESIDE), around.width - note.offsetWidth - BESIDE);
  const below = drawn.bottom - around.top + BESIDE;
  const above = drawn.top - around.top - note.offsetHeight - BESIDE;
  note.style.left = `${Math.max(left, 0)}px`;
  note.style.top = `${below + note.offsetHeight > around.height && above > 0 ? above : below}px`;
}

export function addNotes(viewer, box, notes) {
  if (!Object.keys(notes).length) return;
  const note = document.createElement('div');
  note.className = 'rd-diagram__note';
  note.hidden = true;
  box.append(note);
  const show = ({ element, gfx }) => {
    const words = notes[element.labelTarget?.id ?? element.id];
    note.hidden = !words;
    if (!words) return;
    note.textContent = words;
    place(note, box, gfx ?? viewer.get('elementRegistry').getGraphics(element));
  };
  viewer.on('element.hover', show);
  viewer.on('element.click', show);
  viewer.on('canvas.viewbox.changing', () => { note.hidden = true; });
  box.addEventListener('pointerleave', () => { note.hidden = true; });
}
