// What is to be known of an element stands beside it while one points at it or has tapped it.
const BESIDE = 8;
// The bar of the page stays on top of everything.
const BAR = 56;

// Below or above where there is room for it, else at the side: never over what it is about, and all of it in the window.
function place(note, box, gfx) {
  const [drawn, around] = [gfx.getBoundingClientRect(), box.getBoundingClientRect()];
  const [top, bottom] = [BAR, window.innerHeight];
  const { offsetWidth: wide, offsetHeight: high } = note;
  const within = (at, least, most) => Math.max(least, Math.min(at, most));
  const [below, above] = [drawn.bottom + BESIDE, drawn.top - high - BESIDE];
  const across = within(drawn.left, around.left + BESIDE, around.right - wide - BESIDE);
  const [right, left] = [drawn.right + BESIDE, drawn.left - wide - BESIDE];
  const beside = [right + wide <= around.right ? right : left, within(drawn.top, top + BESIDE, bottom - high - BESIDE)];
  const stacked = [across, below + high <= bottom || above < top ? below : above];
  const [x, y] = below + high > bottom && above < top && beside[0] >= around.left ? beside : stacked;
  note.style.left = `${x - around.left}px`;
  note.style.top = `${y - around.top}px`;
}

export function addNotes(viewer, box, notes, links) {
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
  walkByKeys(viewer, notes, links, { show, hide: () => { note.hidden = true; } });
}

const AHEAD = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// One stop for the tabulator, then from step to step by the arrows, in the order in which the list below tells them.
function walkByKeys(viewer, notes, links, { show, hide }) {
  const elements = viewer.get('elementRegistry');
  const stops = Object.keys(notes).map((id) => elements.get(id)).filter(Boolean).map((element) => ({ element, gfx: elements.getGraphics(element) }));
  const go = (at) => {
    stops.forEach(({ gfx }, place) => gfx.setAttribute('tabindex', place === at ? 0 : -1));
    stops[at].gfx.focus({ preventScroll: true });
  };
  stops.forEach((stop, at) => {
    const { element, gfx } = stop;
    gfx.setAttribute('tabindex', at ? -1 : 0);
    gfx.setAttribute('role', links[element.id] ? 'link' : 'img');
    gfx.setAttribute('aria-label', [element.businessObject.name, notes[element.id]].filter(Boolean).join('\n'));
    gfx.addEventListener('focus', () => {
      // What is pressed stays under the pointer, or the press would end beside it.
      if (gfx.matches(':focus-visible')) viewer.get('canvas').scrollToElement(element);
      show(stop);
    });
    gfx.addEventListener('blur', hide);
    gfx.addEventListener('keydown', (event) => {
      const next = stops[at + (AHEAD[event.key] ?? 0)];
      if (event.key === 'Escape') hide();
      else if (event.key === 'Enter' && links[element.id]) window.location.assign(links[element.id]);
      else if (AHEAD[event.key] && next) go(stops.indexOf(next));
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  });
}
