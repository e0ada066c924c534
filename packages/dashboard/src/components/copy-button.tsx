import { useEffect, useState } from 'react';

import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

const CONFIRM_MS = 1600;

export type CopyButtonProps = {
  readonly text: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly className?: string;
  /** Shown beside the icon; without it the button is a square. */
  readonly caption?: string;
};

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label, icon = 'copy', className = 'button small', caption }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className={caption ? className : `${className} square`} aria-label={label} title={label} onClick={copy}>
      <Icon name={isCopied ? 'check' : icon} />
      {caption && (isCopied ? 'Copied' : caption)}
      <span className="sr-only" role="status">
        {isCopied ? 'Copied' : ''}
      </span>
    </button>
  );
}
