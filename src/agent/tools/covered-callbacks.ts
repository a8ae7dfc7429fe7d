type Say = (value: unknown) => unknown

interface Manager {
  readonly handlers: readonly object[]
  readonly inheritableHandlers: readonly object[]
}

/** Handlers of callbacks, or a manager of such, that are told of what runs inside a tool without its secrets. */
export function coveredCallbacks<Callbacks>(callbacks: Callbacks, say: Say): Callbacks {
  if (Array.isArray(callbacks)) return callbacks.map((each: object) => coveredHandler(each, say)) as Callbacks
  if (!isManager(callbacks)) return callbacks
  const handlers = new Map<object, object>()
  const covered = (handler: object): object => {
    const known = handlers.get(handler) ?? coveredHandler(handler, say)
    handlers.set(handler, known)
    return known
  }
  return Object.assign(Object.create(Object.getPrototypeOf(callbacks)) as object, callbacks, {
    handlers: callbacks.handlers.map(covered),
    inheritableHandlers: callbacks.inheritableHandlers.map(covered),
  }) as Callbacks
}

/** What is called for an event, a tracer's own way included. */
const TELLS = /^(?:handle|_createRunFor)/

function coveredHandler(handler: object, say: Say): object {
  return new Proxy(handler, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (!TELLS.test(String(name))) return value.bind(target) as unknown
      return (...args: unknown[]) => Reflect.apply(value, target, args.map(say)) as unknown
    },
  })
}

const isManager = (callbacks: unknown): callbacks is Manager =>
  Array.isArray((callbacks as Partial<Manager> | null | undefined)?.handlers)
