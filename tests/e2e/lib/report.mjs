// Reports of what a browser showed: the evidence that the popup exports, audited again by the command.
import { writeFileSync } from 'node:fs';
import { command } from './command.mjs';

/** Leaves FILE.evidence.json, FILE.report.json and FILE.report.txt; gives the report. */
export function saveReports(evidence, file) {
  const saved = `${file}.evidence.json`;
  writeFileSync(saved, evidence);
  const audit = (format) => {
    const { status, stdout, stderr } = command(['audit', saved, '--format', format, '--fail-on', 'never']);
    if (status !== 0) throw new Error(`https-audit audit ${saved}: ${stderr}`);
    return stdout;
  };
  writeFileSync(`${file}.report.txt`, audit('text'));
  const json = audit('json');
  writeFileSync(`${file}.report.json`, json);
  return JSON.parse(json);
}
