// Puts our groups into the panel, and no others: what a complaint procedure never uses is not asked.
import { entry } from './entries.js';
import { groupsOf } from './groups.js';

class OwnersGroups {
  constructor(propertiesPanel, catalogue, bpmnjs, translate) {
    this.translate = translate;
    this.catalogue = { ...catalogue, definitions: () => bpmnjs.getDefinitions() };
    propertiesPanel.registerProvider(500, this);
  }

  getGroups(element) {
    return () => groupsOf(element, this.catalogue).map(({ id, label, specs, opened }) => ({
      id, label, translate: this.translate, shouldOpen: opened, entries: specs.map((spec) => entry(element, spec)),
    }));
  }
}

OwnersGroups.$inject = ['propertiesPanel', 'config.catalogue', 'bpmnjs', 'translate'];

export default { __init__: ['ownersGroups'], ownersGroups: ['type', OwnersGroups] };
