import type { Diagnostics } from '../diagnostics.ts';
import { attempt } from '../attempt.ts';
import { OwnFolder, type OwnFolderDeps, type SpoolTarget } from './own-folder.ts';
import { readSegment, writeSegment, type Checksum } from './segment-text.ts';

export type SpoolDeps = OwnFolderDeps & {
  readonly checksum: Checksum;
  readonly maxBytes: number;
  readonly diagnostics: Diagnostics;
};

/** How its user keeps the balance. */
export type SpoolOwner = {
  /** How batches begin now, for the process that may have to send them. */
  head(): string;
  /** Events on disk that nobody can send any more. */
  lose(reason: string, count: number, isAdopted: boolean): void;
  /** Comes from time to time where there is a folder; the moment to `adopt`. */
  beat(): void;
};

/** One file of events. They find their ends in the order in which they stand in it, and the file goes with the last. */
export type Segment = {
  path: string;
  /** How the batches of another process begin that left this; undefined where it is our own. */
  head: string | undefined;
  /** The newest head in it. */
  written: string;
  sizeBytes: number;
  count: number;
  settled: number;
  /** How many of them are nowhere else. */
  parked: number;
};

/** About one batch: reading it again must not hold the app up. */
const SEGMENT_BYTES = 256 * 1024;
const SYNC_AFTER_MS = 500;

/** Keeps events in files, where they outlive the process. */
export class Spool {
  readonly #deps: SpoolDeps;
  readonly #owner: SpoolOwner;
  /** Every file in our folder; those with events that are not in memory, oldest first. */
  readonly #segments = new Set<Segment>();
  readonly #backlog = new Set<Segment>();
  readonly #folder: OwnFolder;
  #current: Segment | undefined;
  #sizeBytes = 0;
  readonly #unsynced = new Set<string>();

  constructor(deps: SpoolDeps, owner: SpoolOwner) {
    this.#deps = deps;
    this.#owner = owner;
    this.#folder = new OwnFolder(deps, () => owner.beat());
  }

  get hasBacklog(): boolean {
    return this.#backlog.size > 0 || this.#folder.hasMore;
  }

  /** Takes the target: what is our own moves with it, what others left for the last one is anybody's again. */
  use(target: SpoolTarget | undefined): void {
    const last = this.#folder.use(target);
    this.#current = undefined;
    for (const segment of this.#segments) {
      if (segment.head === undefined) segment.path = this.#folder.move(segment.path) ?? segment.path;
      else this.#forget(segment);
    }
    if (target === undefined && this.#segments.size > 0) this.#folder.keep(last);
    this.#folder.free(last);
  }

  /** Keeps events; undefined where that cannot be done. They are saved for a crash of the process now, of the machine in a second. */
  save(events: readonly string[]): Segment | undefined {
    const { fs, checksum, diagnostics, maxBytes } = this.#deps;
    if (!this.#folder.isThere(true)) return undefined;
    const head = this.#owner.head();
    this.#makeRoom();
    let segment = this.#current;
    try {
      if (this.#sizeBytes > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
      if (this.#folder.isCrowded) throw new Error('too many processes have left theirs');
      segment ??= this.#add({ path: this.#folder.nextPath(), head: undefined, sizeBytes: 0 });
      const text = writeSegment({ head: head === segment.written ? '' : head, events }, checksum);
      fs().appendFileSync(segment.path, text, { mode: 0o600 });
      const sizeBytes = Buffer.byteLength(text);
      this.#syncLater(segment);
      segment.written = head;
      segment.count += events.length;
      segment.sizeBytes += sizeBytes;
      this.#sizeBytes += sizeBytes;
      this.#current = segment.sizeBytes < SEGMENT_BYTES ? segment : undefined;
      return segment;
    } catch (error) {
      // A part may have been written: its events stay in memory, and must not be read from here as well.
      if (segment) this.#cut(segment);
      diagnostics.count('spool');
      diagnostics.warnOnce('spool', `events cannot be kept on disk, only in memory: ${String(error)}`);
      return undefined;
    }
  }

  /** This many more of its events, the oldest, have found their end. */
  settle(segment: Segment, count: number): void {
    segment.settled += count;
    if (segment.settled >= segment.count) this.#remove(segment);
  }

  /** This many of its events are forgotten in memory until they are taken up. */
  park(segment: Segment, count: number): void {
    if (segment === this.#current) this.#current = undefined;
    segment.parked += count;
    this.#backlog.add(segment);
  }

  /** Gives events back that are not in memory, the oldest first. */
  takeUp(): { readonly segment: Segment; readonly events: readonly string[] } | undefined {
    if (this.#backlog.size === 0) this.adopt();
    for (const segment of this.#backlog) {
      this.#backlog.delete(segment);
      segment.parked = 0;
      const { head, events, broken } = this.#read(segment);
      if (segment.head === '') {
        segment.head = head || this.#owner.head();
        segment.count = events.length + broken.length;
        if (broken.length > 0) this.#folder.setAside(broken.join('\n'));
      }
      // Those that have found their end already are not missed.
      const missing = segment.count - Math.max(events.length, segment.settled);
      if (missing > 0) this.#owner.lose('spool_corrupt', missing, segment.head !== undefined);
      segment.count = Math.min(segment.count, events.length);
      const left = events.slice(segment.settled, segment.count);
      if (left.length > 0) return { segment, events: left };
      this.#remove(segment);
    }
    return undefined;
  }

  /** Nothing of our own is to be sent any more; what others left waits on. */
  giveUp(): void {
    for (const segment of this.#segments) {
      if (segment.head === undefined) this.#remove(segment);
      else this.park(segment, segment.count - segment.settled - segment.parked);
    }
  }

  /** Takes over what processes have left that are gone. */
  adopt(): void {
    this.#folder.adopt((path) => {
      const sizeBytes = attempt(() => this.#deps.fs().statSync(path).size) ?? 0;
      this.park(this.#add({ path, head: '', sizeBytes }), 0);
    });
    this.#makeRoom();
  }

  /** The process ends: what is in the folder is anybody's. */
  close(): void {
    this.#current = undefined;
    this.#folder.close();
  }

  #read({ path }: Segment): ReturnType<typeof readSegment> {
    return readSegment(attempt(() => this.#deps.fs().readFileSync(path, 'utf8')) ?? '', this.#deps.checksum);
  }

  #cut(segment: Segment): void {
    const { path, count, sizeBytes } = segment;
    this.#current = undefined;
    if (count === 0) this.#remove(segment);
    else attempt(() => this.#deps.fs().truncateSync(path, sizeBytes));
  }

  /** With a file that is new the folders in which it stands. */
  #syncLater({ path, count }: Segment): void {
    if (this.#unsynced.size === 0) this.#deps.timers.setTimer(() => this.#sync(), SYNC_AFTER_MS);
    this.#unsynced.add(path);
    if (count === 0) for (const folder of this.#folder.folders) this.#unsynced.add(folder);
  }

  #sync(): void {
    const { open, fsync, close } = this.#deps.fs();
    // What has arrived meanwhile is there no more, and not every system opens folders.
    for (const path of this.#unsynced) open(path, path.endsWith('/') ? 'r' : 'r+', (error, fd) => error ?? fsync(fd, () => close(fd)));
    this.#unsynced.clear();
  }

  #add(known: Pick<Segment, 'path' | 'head' | 'sizeBytes'>): Segment {
    const segment = { ...known, written: '', count: 0, settled: 0, parked: 0 };
    this.#segments.add(segment);
    this.#sizeBytes += segment.sizeBytes;
    return segment;
  }

  #forget(segment: Segment): void {
    if (segment === this.#current) this.#current = undefined;
    this.#segments.delete(segment);
    this.#backlog.delete(segment);
    this.#sizeBytes -= segment.sizeBytes;
  }

  #remove(segment: Segment): void {
    this.#forget(segment);
    attempt(() => this.#deps.fs().unlinkSync(segment.path));
  }

  #makeRoom(): void {
    for (const segment of this.#backlog) {
      if (this.#sizeBytes <= this.#deps.maxBytes) return;
      // A batch that failed has brought some of its events back into memory.
      if (segment.parked < segment.count - segment.settled) continue;
      const count = segment.parked || this.#read(segment).events.length;
      this.#owner.lose('spool_overflow', count, segment.head !== undefined);
      this.#remove(segment);
    }
  }
}
