import type { Reader, Reading } from '../provider.ts';
import { listMembers } from '../read-members.ts';
import { present, textIn } from '../read-value.ts';
import { readPrompt } from './read-prompt.ts';
import { readErrorCode } from './read-error-code.ts';
import { readOpenAiUsage } from './read-usage.ts';

export const embeddingsReader: Reader = {
  members: ['model', 'usage', 'error'],
  readAnswer: (answer) =>
    present<Reading>({
      model: textIn(answer, 'model'),
      usage: readOpenAiUsage(answer['usage']),
      errorCode: readErrorCode(answer['error']),
    }),
  readPrompt,
  isUnmistakable({ text }) {
    const names = listMembers(text);
    return names.includes('input') && names.includes('model');
  },
};
