// Finds elements by what an owner calls them: name, English name, id, clause, role, form, limit.
import { getLabel, isLabel } from 'bpmn-js/lib/util/LabelUtil';
import { objectOf, readProperty } from '../model/extensions.js';

const ASKED = ['name_en', 'clause', 'role', 'form', 'limit', 'opens', 'stops', 'moment'];

const more = (object) => ASKED.map((name) => readProperty(object, name)).filter(Boolean).join(' · ');
const matched = (tokens) => tokens?.some(({ match }) => match);

class OwnersSearch {
  constructor(elementRegistry, searchPad, canvas, search) {
    Object.assign(this, { elementRegistry, canvas, search });
    searchPad.registerProvider(this);
  }

  find(pattern) {
    const roots = this.canvas.getRootElements();
    const items = this.elementRegistry.filter((element) => !isLabel(element) && !roots.includes(element)).map((element) => {
      const object = objectOf(element);
      return { element, label: getLabel(element) ?? '', id: object.id ?? element.id, more: more(object) };
    });
    return this.search(items, pattern, { keys: ['label', 'id', 'more'] }).map(({ item, tokens }) => ({
      element: item.element, primaryTokens: tokens.label, secondaryTokens: matched(tokens.more) ? tokens.more : tokens.id,
    }));
  }
}
OwnersSearch.$inject = ['elementRegistry', 'searchPad', 'canvas', 'search'];

export default { __init__: ['bpmnSearch'], bpmnSearch: ['type', OwnersSearch] };
