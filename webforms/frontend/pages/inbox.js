// The inbox: kept fresh where it stands, tasks taken in place, by key and by swipe. Without it every link and form still works.
import { copyLinks } from './inbox-filters.js';
import { keepFresh } from './inbox-fresh.js';
import { listenForKeys } from './inbox-keys.js';
import { takeInPlace } from './inbox-rows.js';
import { listenForSwipes } from './inbox-swipe.js';
import { countTicks } from './inbox-ticks.js';

export function startInbox(page) {
  const askNow = keepFresh(page);
  const list = page.querySelector('[data-rd-inbox]');
  if (!list) return;
  takeInPlace(page, list, askNow);
  countTicks(page, list);
  listenForKeys(page, list);
  listenForSwipes(list);
  copyLinks(page);
}
