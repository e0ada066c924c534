import OpenAI from 'openai';
import OpenAI4 from 'openai-4';

/** Both majors, over one type: what these tests call is the same in both. One goes over fetch, the other over `http`. */
export const OPEN_AI_CLIENTS: readonly (readonly [string, (url: string) => OpenAI])[] = [
  ['openai 7', (url) => new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1` })],
  // Safe because version 4 has every method that is called here, with the same parameters.
  ['openai 4', (url) => new OpenAI4({ apiKey: 'sk-fake', baseURL: `${url}/v1` }) as unknown as OpenAI],
];
