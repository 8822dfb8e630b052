// The simulation speaks English and takes no translation: what it writes is put into Chinese as soon as it stands there.
const EXACT = {
  'Token Simulation': '跑令牌',
  'Toggle Simulation Log': '记录',
  'Simulation Log': '记录',
  'Reset Simulation': '重来',
  'Play/Pause Simulation': '暂停或继续',
  'Play Simulation': '继续',
  'Pause Simulation': '暂停',
  'Set Sequence Flow': '换一条路',
  'Trigger Event': '继续',
  'Add pause point': '在这里停一停',
  'Remove pause point': '不再停',
  'Set animation speed = Slow': '慢',
  'Set animation speed = Normal': '平常速度',
  'Set animation speed = Fast': '快',
  'Found unsupported elements': '有些元素跑不了',
  'Not supported': '跑不了',
  'No Entries': '还没有记录',
  Finished: '走完了',
  'Service Task': '自动任务',
  'User Task': '人办的任务',
  'Script Task': '赋值任务',
  'Business Rule Task': '决策',
  'Manual Task': '手工任务',
  'Receive Task': '收消息',
  'Send Task': '发消息',
  'Call Activity': '调用另一张图',
  'Exclusive Gateway': '岔口：走一条',
  'Parallel Gateway': '岔口：同时走',
  'Inclusive Gateway': '岔口：走几条',
  Task: '任务',
  Process: '流程',
  SubProcess: '子流程',
  Close: '关闭',
  'Start Event': '开始',
  'End Event': '结束',
  'Intermediate Event': '中间事件',
  'Boundary Event': '边上的事件',
};
const PATTERNS = [
  [/^(.+) started$/, (what) => `${what}开始`],
  [/^(.+) finished$/, (what) => `${what}走完`],
  [/^(.+) canceled$/, (what) => `${what}取消`],
  [/^Focus process instance (.+)$/, (which) => `只看令牌 ${which}`],
];
const NAMED = '[title], [aria-label]';

function inChinese(words) {
  const plain = words.trim();
  if (EXACT[plain]) return words.replace(plain, EXACT[plain]);
  const found = PATTERNS.find(([pattern]) => pattern.test(plain));
  return found ? plain.replace(found[0], (_, what) => found[1](EXACT[what] ?? what)) : words;
}

function say(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = inChinese(node.data);
    if (said !== node.data) node.data = said;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const one of [node, ...node.querySelectorAll(NAMED)]) {
    for (const name of ['title', 'aria-label']) if (one.hasAttribute(name)) one.setAttribute(name, inChinese(one.getAttribute(name)));
  }
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) say(texts.currentNode);
}

// Only the simulation's own parts: names on the drawing are their author's.
const OWN = /(^|\s)bts-/;

function isOwn(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return Boolean(element?.closest('[class*="bts-"]')) || OWN.test(element?.className ?? '') || Boolean(element?.querySelector?.('[class*="bts-"]'));
}

export function speakChinese(box) {
  box.querySelectorAll('[class*="bts-"]').forEach((part) => !part.closest('svg') && say(part));
  const heard = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach((node) => isOwn(node) && !node.closest?.('svg') && say(node));
  });
  heard.observe(box, { childList: true, subtree: true });
}
