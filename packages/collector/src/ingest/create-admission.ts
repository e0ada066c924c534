import { OverloadedError } from '../failures.ts';

export type AdmissionDeps = {
  /** Calls back once, unless the returned function is called before. */
  readonly after: (delayMs: number, work: () => void) => () => void;
};

export type AdmissionLimits = {
  /** Of bodies that are being read, parsed and committed: in memory each takes about eight times what it has on the wire. */
  readonly maxBytes: number;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** A body that takes longer to come in is counted by what came, so that slow senders keep no room that they do not use. */
  readonly slowAfterMs: number;
};

export const ADMISSION_LIMITS = {
  maxBytes: 8_000_000,
  maxWaiting: 32,
  maxWaitMs: 250,
  slowAfterMs: 1000,
} as const satisfies AdmissionLimits;

/** The room of one body. */
export type Room = {
  /**
   * Counts bytes of the body as they come.
   *
   * @throws {OverloadedError} when they are more than was expected and there is no room for them.
   */
  take(bytes: number): void;
  /** Gives back what was expected and did not come. */
  settle(): void;
};

/** Bounds how much of what is sent is in memory at once. */
export type Admission = {
  /**
   * Does the work once there is room for a body of about this size, and gives the room back when the work has ended.
   *
   * @throws {OverloadedError} when there is no room soon, or too many wait for it; the body is not read then.
   */
  pass<T>(expectedBytes: number, work: (room: Room) => Promise<T>): Promise<T>;
  load(): { readonly bytes: number; readonly waiting: number };
};

/** Makes the door that batches come in by; who waits for room waits unread, in the order of coming. */
export function createAdmission(deps: AdmissionDeps, limits: AdmissionLimits): Admission {
  const hall = createHall(deps, limits);
  return {
    load: hall.load,
    pass: async (expectedBytes, work) => {
      await hall.enter(expectedBytes);
      let claimedBytes = expectedBytes;
      let takenBytes = 0;
      const claim = (bytes: number): void => {
        hall.change(bytes - claimedBytes);
        claimedBytes = bytes;
      };
      const room: Room = {
        take: (bytes) => {
          takenBytes += bytes;
          if (takenBytes <= claimedBytes) return;
          if (!hall.hasRoom(takenBytes - claimedBytes)) throw noRoom();
          claim(takenBytes);
        },
        settle: () => claim(takenBytes),
      };
      const cancel = deps.after(limits.slowAfterMs, room.settle);
      try {
        return await work(room);
      } finally {
        cancel();
        claim(0);
      }
    },
  };
}

/** The room that all share, and the line before it. */
type Hall = Pick<Admission, 'load'> & {
  /** Resolves when the bytes are claimed. */
  enter(bytes: number): Promise<void>;
  hasRoom(bytes: number): boolean;
  /** Claims more, or gives back. */
  change(bytes: number): void;
};

type Waiter = { readonly bytes: number; enter(): void };

function createHall(deps: AdmissionDeps, limits: AdmissionLimits): Hall {
  const line: Waiter[] = [];
  let usedBytes = 0;

  /** One body alone always fits. */
  const hasRoom = (bytes: number): boolean => usedBytes === 0 || usedBytes + bytes <= limits.maxBytes;

  function letIn(): void {
    for (let next = line[0]; next && hasRoom(next.bytes); next = line[0]) {
      line.shift();
      usedBytes += next.bytes;
      next.enter();
    }
  }

  function wait(bytes: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const cancel = deps.after(limits.maxWaitMs, () => {
      line.splice(line.indexOf(waiter), 1);
      reject(noRoom());
      letIn();
    });
    const enter = (): void => {
      cancel();
      resolve();
    };
    const waiter: Waiter = { bytes, enter };
    line.push(waiter);
    return promise;
  }

  return {
    hasRoom,
    load: () => ({ bytes: usedBytes, waiting: line.length }),
    enter: (bytes) => {
      if (line.length > 0 || !hasRoom(bytes)) return line.length < limits.maxWaiting ? wait(bytes) : Promise.reject(noRoom());
      usedBytes += bytes;
      return Promise.resolve();
    },
    change: (bytes) => {
      usedBytes += bytes;
      letIn();
    },
  };
}

function noRoom(): OverloadedError {
  return new OverloadedError('more is being sent at once than the collector can hold');
}
