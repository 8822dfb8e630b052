// Finds elements by what an owner calls them: name in both languages, id, clause, role, form, limit.
import { getLabel, isLabel } from 'bpmn-js/lib/util/LabelUtil';
import { english } from '../model/english.js';
import { objectOf, readProperty } from '../model/extensions.js';

const ASKED = ['clause', 'role', 'form', 'limit', 'opens', 'stops', 'moment'];

const more = (object) => ASKED.map((name) => readProperty(object, name)).filter(Boolean);
// In English the English name stands first, and the one that is drawn among the rest.
function called(element, rest, inEnglish) {
  const [label, ...other] = [...(inEnglish ? [english(element)] : []), getLabel(element), english(element)].filter((one, at, all) => one && all.indexOf(one) === at);
  return { label: label ?? '', more: [...other, ...rest].join(' · ') };
}
const matched = (tokens) => tokens?.some(({ match }) => match);

class OwnersSearch {
  constructor(elementRegistry, searchPad, canvas, search, language) {
    Object.assign(this, { elementRegistry, canvas, search, inEnglish: !language.startsWith('zh') });
    searchPad.registerProvider(this);
  }

  find(pattern) {
    const roots = this.canvas.getRootElements();
    const items = this.elementRegistry.filter((element) => !isLabel(element) && !roots.includes(element)).map((element) => {
      const object = objectOf(element);
      return { element, id: object.id ?? element.id, ...called(element, more(object), this.inEnglish) };
    });
    return this.search(items, pattern, { keys: ['label', 'id', 'more'] }).map(({ item, tokens }) => ({
      element: item.element, primaryTokens: tokens.label, secondaryTokens: matched(tokens.more) ? tokens.more : tokens.id,
    }));
  }
}
OwnersSearch.$inject = ['elementRegistry', 'searchPad', 'canvas', 'search', 'config.language'];

export default { __init__: ['bpmnSearch'], bpmnSearch: ['type', OwnersSearch] };
