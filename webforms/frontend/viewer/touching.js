// A drawing under fingers: one pushes it, two bring it closer. Up and down the page is scrolled until the drawing has been tapped.
const [LEAST, MOST] = [0.2, 4];

export function moveByFinger(viewer, box) {
  const canvas = viewer.get('canvas');
  const fingers = new Map();
  let before = null;
  let entered = false;

  function held() {
    const all = [...fingers.values()];
    const middle = (axis) => all.reduce((sum, one) => sum + one[axis], 0) / all.length;
    const apart = all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0;
    return all.length ? { x: middle('x'), y: middle('y'), apart } : null;
  }

  function move(now) {
    // One finger going up or down over an untouched drawing is about to scroll the page: the drawing stays.
    const stays = !entered && fingers.size === 1;
    canvas.scroll({ dx: now.x - before.x, dy: stays ? 0 : now.y - before.y });
    if (!now.apart || !before.apart) return;
    const { left, top } = box.getBoundingClientRect();
    const scale = Math.min(MOST, Math.max(LEAST, canvas.zoom() * now.apart / before.apart));
    canvas.zoom(scale, { x: now.x - left, y: now.y - top });
  }

  const enter = (whether) => {
    entered = whether;
    box.style.touchAction = entered ? 'none' : 'pan-y';
  };
  const put = ({ pointerId, clientX: x, clientY: y }) => fingers.set(pointerId, { x, y });
  const lift = ({ pointerId }) => {
    fingers.delete(pointerId);
    before = held();
  };

  box.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    put(event);
    before = held();
  });
  box.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    put(event);
    const now = held();
    move(now);
    before = now;
  });
  window.addEventListener('pointerup', lift);
  window.addEventListener('pointercancel', lift);
  document.addEventListener('click', ({ target }) => enter(box.contains(target)), true);
  enter(false);
}
