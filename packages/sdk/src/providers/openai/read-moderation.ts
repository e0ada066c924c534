import type { Reader, Reading } from '../provider.ts';
import { listMembers } from '../read-members.ts';
import { present, textIn } from '../read-value.ts';

/** Free of charge, and so without a word on usage. */
export const moderationReader: Reader = {
  members: ['id', 'model'],
  readAnswer: (answer) => present<Reading>({ model: textIn(answer, 'model'), responseId: textIn(answer, 'id') }),
  isUnmistakable: ({ text }) => listMembers(text).includes('input'),
};
