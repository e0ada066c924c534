import { countWords, jsonAnswer, readForm, streamAnswer, writeEvent, writeWords } from '../providers/index.ts';
import type { Answer, ReadRequest } from '../providers/index.ts';
import { inStreamError } from './refuse.ts';

/** The fake hears a second in this many bytes, and writes two words of it. */
const BYTES_PER_SECOND = 16_000;
const WORDS_PER_SECOND = 2;
/** As realtime audio is counted: one token each tenth of a second. */
const TOKENS_PER_SECOND = 10;
const SPEECH_TOKENS_PER_WORD = 7;
const AUDIO_BYTES_PER_WORD = 4_000;
const EVENTS_PER_SPEECH = 4;

/** Answers `POST /v1/audio/transcriptions` and `translations` in any of their formats. */
export function answerTranscription(request: ReadRequest): Answer {
  const form = readForm(request);
  const model = String(form['model']);
  const seconds = Math.max(1, Math.ceil(Number(form['file'] ?? 0) / BYTES_PER_SECOND));
  const text = writeWords(seconds, seconds * WORDS_PER_SECOND).join(' ');
  const isTranslation = request.path.endsWith('translations');
  const usage = model.startsWith('gpt-4o') ? tokensOf(seconds, text) : { type: 'duration', seconds };
  if (form['stream'] === 'true') return streamTranscript(text, usage);
  switch (form['response_format']) {
    case 'text':
      return textAnswer(`${text}\n`);
    case 'srt':
      return textAnswer(`1\n00:00:00,000 --> ${timeOf(seconds)},000\n${text}\n\n`);
    case 'vtt':
      return textAnswer(`WEBVTT\n\n00:00:00.000 --> ${timeOf(seconds)}.000\n${text}\n\n`);
    case 'verbose_json':
      return jsonAnswer(200, {
        task: 'transcribe',
        language: 'english',
        duration: seconds,
        text,
        segments: [],
        ...(!isTranslation && { usage }),
      });
    default:
      return jsonAnswer(200, isTranslation ? { text } : { text, usage });
  }
}

/** Answers `POST /v1/audio/speech`: bytes, or server-sent events with a usage. */
export function answerSpeech({ members }: ReadRequest): Answer {
  const words = countWords(String(members['input']));
  const audio = Buffer.alloc(words * AUDIO_BYTES_PER_WORD, 0x55);
  if (members['stream_format'] !== 'sse') return { status: 200, headers: { 'content-type': 'audio/mpeg' }, pieces: [audio] };
  const deltas = Array.from({ length: EVENTS_PER_SPEECH }, () => ({ type: 'speech.audio.delta', audio: audio.toString('base64', 0, 600) }));
  const output = words * SPEECH_TOKENS_PER_WORD;
  const usage = { input_tokens: words, output_tokens: output, total_tokens: words + output };
  return streamAnswer(
    [...deltas, { type: 'speech.audio.done', usage }].map((event) => writeEvent(event)),
    inStreamError(),
  );
}

function tokensOf(seconds: number, text: string): object {
  const audio = seconds * TOKENS_PER_SECOND;
  const output = countWords(text);
  const input_token_details = { text_tokens: 0, audio_tokens: audio };
  return { type: 'tokens', input_tokens: audio, input_token_details, output_tokens: output, total_tokens: audio + output };
}

function streamTranscript(text: string, usage: object): Answer {
  const deltas = text.split(' ').map((delta) => ({ type: 'transcript.text.delta', delta: `${delta} ` }));
  return streamAnswer(
    [...deltas, { type: 'transcript.text.done', text, usage }].map((event) => writeEvent(event)),
    inStreamError(),
  );
}

function textAnswer(text: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, pieces: [text] };
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}
