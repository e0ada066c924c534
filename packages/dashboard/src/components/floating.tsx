import { Popover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

export type FloatingProps = {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly align?: 'start' | 'center' | 'end';
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: ReactNode;
};

/** Something that opens beside what was pressed, and closes on Escape or a press elsewhere; it never locks the page. */
export function Floating({ trigger, label, align = 'start', isOpen, onOpenChange, children }: FloatingProps) {
  const state = { ...(isOpen === undefined ? {} : { open: isOpen }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <Popover.Root {...state}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="floating" aria-label={label} align={align} sideOffset={6} collisionPadding={12}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
