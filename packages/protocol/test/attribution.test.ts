import { expect, test } from 'vitest';
import { innermostAgent, sectionSegment } from '../src/index.ts';

test.each([
  ['agent', 'researcher', 'agent:researcher'],
  ['tool', 'a/b:c', 'tool:a_b_c'],
  [undefined, 'checkout', 'checkout'],
  [undefined, 'agent:fake', 'agent_fake'],
] as const)('%s %s is named %s', (kind, name, segment) => {
  expect(sectionSegment(kind, name)).toBe(segment);
});

test.each([
  ['agent:writer/agent:critic/tool:search', 'critic'],
  ['agent:writer', 'writer'],
  ['tool:search/step:rank', undefined],
  ['', undefined],
])('the innermost agent of %j is %s', (path, agent) => {
  expect(innermostAgent(path)).toBe(agent);
});
