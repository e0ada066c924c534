import { readFileSync } from 'node:fs';
import { checkHouse } from './check-house.ts';
import { listFiles } from '../list-files.ts';
import { explainedCasts } from './explained-casts.ts';
import { folderNames } from './folder-names.ts';
import { honestTests } from './honest-tests.ts';
import { leftovers } from './leftovers.ts';
import { lockHosts } from './lock-hosts.ts';
import { namedDoors } from './named-doors.ts';
import { namedSources } from './named-sources.ts';
import { roomDoors } from './room-doors.ts';
import { sqlHome } from './sql-home.ts';

const files = listFiles().map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const findings = checkHouse(
  [namedDoors, roomDoors, namedSources, explainedCasts, folderNames, sqlHome, honestTests, leftovers, lockHosts],
  files,
);
for (const finding of findings) console.error(`${finding.path}:${finding.line} ${finding.rule}: ${finding.message}`);
if (findings.length > 0) process.exitCode = 1;
