// An English reader sees English names on the drawing where it carries them, and writes into them what is typed there.
import LabelEditingProvider from 'bpmn-js/lib/features/label-editing/LabelEditingProvider';
import { getLabel, isLabel } from 'bpmn-js/lib/util/LabelUtil';
import { isAny } from 'bpmn-js/lib/util/ModelUtil';
import { roomFor } from '../../viewer/state.js';
import { readProperty, writeProperty } from './extensions.js';

const BEFORE_THE_USUAL = 1500;
// What an element is called in English; nothing where it carries no such name.
export const english = ({ businessObject }) => (businessObject?.get && businessObject.name ? readProperty(businessObject, 'name_en') : '');

// The name is another one only while it is drawn; one that stands beside its element gets the room it needs around its middle.
function drawnAs(element, name, draw) {
  const object = element.businessObject, own = { name: object.name, width: element.width };
  const more = isLabel(element) ? roomFor(name, own.width) - own.width : 0;
  object.name = name;
  element.width += more;
  try {
    const drawn = draw();
    if (more) drawn.setAttribute('transform', `translate(${-more / 2}, 0)`);
    return drawn;
  } finally {
    object.name = own.name;
    element.width = own.width;
  }
}

class EnglishNames {
  constructor(eventBus, bpmnRenderer) {
    const draws = (kind, draw) => eventBus.on(`render.${kind}`, BEFORE_THE_USUAL, (event, { gfx, element, attrs }) => {
      const name = english(element);
      return name && bpmnRenderer.canRender(element) ? drawnAs(element, name, () => draw(gfx, element, attrs)) : undefined;
    });
    draws('shape', (...given) => bpmnRenderer.drawShape(...given));
    draws('connection', (...given) => bpmnRenderer.drawConnection(...given));
    // A name beside its element is a shape of its own, which hears of the element's name alone.
    eventBus.on(['commandStack.element.updateModdleProperties.executed', 'commandStack.element.updateModdleProperties.reverted'], ({ context: { element } }) => {
      (element.labels ?? []).forEach((label) => eventBus.fire('element.changed', { element: label }));
    });
  }
}
EnglishNames.$inject = ['eventBus', 'bpmnRenderer'];

class EnglishEditing extends LabelEditingProvider {
  constructor(eventBus, bpmnFactory, canvas, directEditing, modeling, resizeHandles, textRenderer, moddle) {
    super(eventBus, bpmnFactory, canvas, directEditing, modeling, resizeHandles, textRenderer);
    Object.assign(this, { english: { bpmnFactory, modeling, moddle } });
  }

  activate(element) {
    const context = super.activate(element);
    return context && english(element) ? { ...context, text: english(element) } : context;
  }

  update(element, typed, before, bounds) {
    const target = element.labelTarget ?? element;
    if (!english(element) || !typed.trim() || isAny(element, ['bpmn:TextAnnotation', 'bpmn:Group'])) return super.update(element, typed, before, bounds);
    return writeProperty(target, target.businessObject, this.english, 'name_en', typed.trim());
  }
}
EnglishEditing.$inject = [...LabelEditingProvider.$inject, 'moddle'];

export const namesInEnglish = { __init__: ['englishNames'], englishNames: ['type', EnglishNames] };
// The panel draws its heading from the name alone, and draws it anew whenever it likes: ours follows each time.
class EnglishHeading {
  constructor(eventBus, config) {
    const panel = config.parent;
    let shown = null;
    const name = () => {
      const heading = panel.querySelector('.bio-properties-panel-header-label');
      const own = shown && !Array.isArray(shown) ? english(shown) || getLabel(shown) : '';
      if (heading && own && heading.textContent !== own) heading.firstChild.data = own;
    };
    eventBus.on('propertiesPanel.updated', ({ element }) => {
      shown = element;
      name();
    });
    new MutationObserver(name).observe(panel, { childList: true, characterData: true, subtree: true });
  }
}
EnglishHeading.$inject = ['eventBus', 'config.propertiesPanel'];

export const editedInEnglish = {
  __init__: [...namesInEnglish.__init__, 'englishHeading'], englishNames: namesInEnglish.englishNames,
  englishHeading: ['type', EnglishHeading], labelEditingProvider: ['type', EnglishEditing],
};
