// The viewer's own few words in Chinese; anything unknown stays as it is.
import table from 'bpmn-js-i18n/translations/zn.js';

const OWN = { 'Open {element}': '打开 {element}', Element: '元素' };

export function translate(template, replacements = {}) {
  const sentence = OWN[template] ?? table[template] ?? template;
  return sentence.replace(/{([^}]+)}/g, (placeholder, key) => replacements[key] ?? placeholder);
}

export const chinese = { translate: ['value', translate] };
