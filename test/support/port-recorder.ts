import type { Queue } from '../../core/queues/queue.ts';
import type { World } from '../../laptop/world.ts';

/** One moment at which a process can die: before or after a call of a port. */
export interface Point {
  /** Counts from 1, in the order in which a run passes its points. */
  number: number;
  edge: 'before' | 'after';
  /** The port and its method: `groups.save`, `queue signals.send`. */
  call: string;
}

/**
 * Wraps the ports of a world so that each call passes two points, one before and one after it. A new port or a new call
 * is a new point without anybody listing it. It knows, too, when no call is under way: then work waits for time only.
 */
export class PortRecorder {
  readonly #onPoint: (point: Point) => void;
  #passed = 0;
  #underWay = 0;
  #whenQuiet: (() => void) | undefined;

  constructor(onPoint: (point: Point) => void) {
    this.#onPoint = onPoint;
  }

  /** Resolves when no call is under way and nothing more follows from the last one. */
  readonly atRest = async (): Promise<void> => {
    await turn();
    while (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#whenQuiet = resolve;
      });
      await turn();
    }
  };

  /** The same world, with every port recorded that an alert passes. */
  world(world: World): World {
    const queues = new Map<string, Queue>();
    const queue = (name: string) => {
      const recorded = queues.get(name) ?? this.port(`queue ${name}`, world.queue(name), ['nextVisible']);
      queues.set(name, recorded);
      return recorded;
    };
    return {
      ...world,
      history: this.port('history', world.history),
      groups: this.port('groups', world.groups),
      archive: this.port('archive', world.archive),
      deliveries: this.port('deliveries', world.deliveries),
      metrics: this.port('metrics', world.metrics),
      alarms: this.port('alarms', world.alarms),
      queue,
      carriersOf: (kind) => {
        const carriers = world.carriersOf(kind);
        return { ...carriers, http: this.port('http', carriers.http), mail: this.port('mail', carriers.mail) };
      },
    };
  }

  /** Does what waits for more than time, yet is nobody's point. */
  async quietly<T>(call: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await call();
    } finally {
      this.#end();
    }
  }

  /** One port with its calls recorded, but for the methods that only answer from memory. */
  port<P extends object>(name: string, port: P, unrecorded: readonly string[] = []): P {
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...args: unknown[]) => unknown;
        if (unrecorded.includes(String(key))) return method;
        return (...args: unknown[]) => this.#call(`${name}.${String(key)}`, () => method(...args));
      },
    });
  }

  #call(call: string, make: () => unknown): unknown {
    this.#begin(call);
    const result = make();
    if (isIterable(result)) return this.#iterate(call, result);
    return this.#await(call, result as Promise<unknown>);
  }

  async #await(call: string, result: Promise<unknown>): Promise<unknown> {
    try {
      const answer = await result;
      this.#pass(call, 'after');
      return answer;
    } finally {
      this.#end();
    }
  }

  /** A call that answers page by page is under way until its reader is through with it. */
  async *#iterate(call: string, pages: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    try {
      yield* pages;
      this.#pass(call, 'after');
    } finally {
      this.#end();
    }
  }

  #begin(call: string): void {
    this.#pass(call, 'before');
    this.#underWay += 1;
  }

  #end(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#whenQuiet?.();
  }

  #pass(call: string, edge: Point['edge']): void {
    this.#passed += 1;
    this.#onPoint({ number: this.#passed, edge, call });
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
