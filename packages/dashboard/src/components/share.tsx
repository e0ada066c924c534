import { shareText } from './share-text.ts';

/** A part of a whole as a bar and in figures. */
export function Share({ share }: { readonly share: number }) {
  return (
    <span className="share">
      <span className="track" aria-hidden="true">
        <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
      </span>
      <span className="percent">{shareText(share)}</span>
    </span>
  );
}
