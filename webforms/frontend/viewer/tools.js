// Three buttons beside the diagram: closer, further, all of it; for those without a wheel. Fingers push it and draw it closer.
import { moveByFinger } from './touching.js';

const STEP = 1;
const WORDS = {
  zh: { closer: '放大', further: '缩小', whole: '全图' },
  'zh-Hant': { closer: '放大', further: '縮小', whole: '全圖' },
  en: { closer: 'Closer', further: 'Further', whole: 'Whole' },
};

function button(words, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.addEventListener('click', action);
  return made;
}

export function addTools(viewer, box, whole = () => viewer.get('canvas').zoom('fit-viewport', 'auto')) {
  const words = WORDS[box.dataset.lang] ?? WORDS.en;
  const tools = document.createElement('div');
  tools.className = 'rd-diagram__tools';
  tools.append(
    button(words.closer, () => viewer.get('zoomScroll').stepZoom(STEP)),
    button(words.further, () => viewer.get('zoomScroll').stepZoom(-STEP)),
    button(words.whole, whole),
  );
  box.append(tools);
  moveByFinger(viewer, box);
}
