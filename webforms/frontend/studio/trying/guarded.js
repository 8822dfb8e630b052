// A simulation that cannot wedge: what a drawing makes it stumble over is told by its element, and tokens without end are halted.
import Simulator from 'bpmn-js-token-simulation/lib/simulator/Simulator.js';

const FAULT = 'redress.tokens.fault';
const MANY = 'redress.tokens.many';
const MOST = 120;

// A fault inside a step would stay at the head of the simulation's queue: nothing would ever move again.
function held(behavior, eventBus, mayEnter) {
  const step = (name) => (context) => {
    try {
      return behavior[name](context);
    } catch {
      eventBus.fire(FAULT, { element: context.element });
      return undefined;
    }
  };
  const enter = step('enter');
  return { enter: (context) => (mayEnter() ? enter(context) : undefined), exit: step('exit'), signal: step('signal') };
}

function GuardedSimulator(injector, eventBus, elementRegistry) {
  injector.invoke(Simulator, this);
  const { registerBehavior, trigger } = this;
  const mayEnter = countingOf(eventBus);
  this.registerBehavior = (kind, behavior) => registerBehavior(kind, held(behavior, eventBus, mayEnter));
  this.trigger = (context) => {
    try {
      return trigger(context);
    } catch {
      eventBus.fire(FAULT, { element: context.scope?.element ?? elementRegistry.get(context.event?.element?.id) });
      return [];
    }
  };
  // The makers write into the console what they do not know; the page says it beside the drawing.
  for (const kind of ['bpmn:ComplexGateway', 'bpmn:Association']) this.registerBehavior(kind, { enter() {}, exit() {}, signal() {} });
}
GuardedSimulator.$inject = ['injector', 'eventBus', 'elementRegistry'];

// Counts the tokens and what they stand in; told once, until everything begins anew.
function countingOf(eventBus) {
  const living = new Set();
  eventBus.on('tokenSimulation.simulator.createScope', ({ scope }) => {
    living.add(scope);
    if (living.size === MOST) eventBus.fire(MANY, { count: living.size });
  });
  eventBus.on('tokenSimulation.simulator.destroyScope', ({ scope }) => {
    // An answer would keep the event from the others.
    living.delete(scope);
  });
  eventBus.on('tokenSimulation.resetSimulation', () => living.clear());
  return () => living.size < MOST;
}

export const guarded = { simulator: ['type', GuardedSimulator] };

// `said` is the place beside the drawing for the page's own sentences; `always` stands there whatever the tokens do.
export function tellFaults(viewer, said, always, sentences) {
  const tell = (sentence) => {
    said.textContent = sentence;
    said.hidden = !sentence;
  };
  const eventBus = viewer.get('eventBus');
  eventBus.on(FAULT, ({ element }) => tell(sentences.fault.replace('{name}', element?.businessObject?.name || element?.id || '')));
  eventBus.on(MANY, ({ count }) => tell(sentences.many.replace('{n}', count)));
  eventBus.on('tokenSimulation.resetSimulation', () => tell(always));
  tell(always);
}
