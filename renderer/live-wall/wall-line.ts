import {
  type FromWall,
  type SeeRequest,
  ToWall,
  type WallRequest,
  type WallStation,
  type WallView,
} from '../../electron/contract/live-wall.ts';
import type { CentrePerson, Parameters, ViewEnd } from '../../electron/features/supervision/contract.ts';
import { createStore, type Store } from '../api/store.ts';

export interface WallState {
  readonly kind: 'connecting' | 'in' | 'away' | 'not-let-in';
  readonly centre: string;
  readonly routerCapabilities: Parameters | null;
  readonly stations: readonly WallStation[];
  readonly requests: readonly WallRequest[];
  readonly views: readonly WallView[];
  /** Looks that the site or the line ended, with why; the newest last. */
  readonly over: readonly { viewId: string; reason: ViewEnd }[];
}

const againAfterMs = 2_000;

/** The page's line to the centre it came from; it comes back by itself, and begins anew then. */
export class WallLine {
  readonly state: Store<WallState>;
  readonly #enter: Extract<FromWall, { kind: 'enter' }>;
  readonly #waiting = new Map<string, { resolve: (value: Parameters) => void; reject: (error: Error) => void }>();
  #socket: WebSocket | null = null;
  /** Counts lines: what was consumed over an earlier one is gone. */
  generation = 0;

  constructor(key: string, by: CentrePerson) {
    this.#enter = { kind: 'enter', key, by };
    this.state = createStore<WallState>({
      kind: 'connecting',
      centre: '',
      routerCapabilities: null,
      stations: [],
      requests: [],
      views: [],
      over: [],
    });
    this.#connect();
  }

  tell(message: FromWall): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Asks the router. @throws Error when it refuses, or the line is lost */
  see(request: SeeRequest): Promise<Parameters> {
    return new Promise((resolve, reject) => {
      const id = crypto.randomUUID();
      this.#waiting.set(id, { resolve, reject });
      this.tell({ kind: 'see', id, request });
    });
  }

  #connect(): void {
    const address = new URL('/live/wall', window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.hash = '';
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.#enter));
    socket.onmessage = (event) => this.#hear(ToWall.parse(JSON.parse(String(event.data))));
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('away'));
      this.#waiting.clear();
      if (this.state.get().kind === 'not-let-in') return;
      this.#set({ kind: 'away' });
      setTimeout(() => this.#connect(), againAfterMs);
    };
  }

  #hear(message: ToWall): void {
    switch (message.kind) {
      case 'entered':
        this.generation += 1;
        this.#set({ kind: 'in', centre: message.centre, routerCapabilities: message.routerCapabilities });
        break;
      case 'not-let-in':
        this.#set({ kind: 'not-let-in' });
        break;
      case 'wall': {
        const { stations, requests, views } = message;
        this.#set({ stations, requests, views });
        break;
      }
      case 'view-over':
        this.#set({ over: [...this.state.get().over.slice(-20), { viewId: message.viewId, reason: message.reason }] });
        break;
      case 'seen':
        this.#waiting.get(message.id)?.resolve(message.value);
        this.#waiting.delete(message.id);
        break;
      case 'not-seen':
        this.#waiting.get(message.id)?.reject(new Error(message.reason));
        this.#waiting.delete(message.id);
        break;
    }
  }

  #set(change: Partial<WallState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
