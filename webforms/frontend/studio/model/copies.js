// What the model does not know goes along when an element is copied or becomes another kind of element.
const DEEP = ['$children', '$body'];

function again(moddle, value) {
  const { $type, $descriptor } = value;
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('$')));
  const [children, body] = DEEP.map((key) => value[key]);
  return moddle.createAny($type, $descriptor.ns.uri, {
    ...own, ...(body && { $body: body }), ...(children && { $children: children.map((child) => again(moddle, child)) }),
  });
}

class Copies {
  constructor(eventBus, moddle) {
    eventBus.on('moddleCopy.canCopyProperty', 2000, ({ property }) => (property?.$descriptor?.isGeneric ? again(moddle, property) : undefined));
    // Attributes of other makers are no part of the model's own list.
    eventBus.on('moddleCopy.canCopyProperties', 2000, ({ sourceElement, targetElement }) => {
      Object.entries(sourceElement.$attrs ?? {}).filter(([key]) => key.includes(':') && !key.startsWith('xmlns')).forEach(([key, value]) => targetElement.set(key, value));
    });
  }
}
Copies.$inject = ['eventBus', 'moddle'];

export default { __init__: ['copies'], copies: ['type', Copies] };
