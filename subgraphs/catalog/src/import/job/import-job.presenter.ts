import type { Delimiter } from '../reading/csv-format.ts';
import type { DecimalMark } from '../reading/decimal-mark.ts';
import type { DelimiterName, ImportStartInput, MarkName } from './import-job.inputs.ts';
import type { ImportJob, ImportSettings } from './import-job.ts';
import type { ImportType } from './import-job.types.ts';

const DELIMITERS: Readonly<Record<DelimiterName, Delimiter>> = { COMMA: ',', SEMICOLON: ';', TAB: '\t', PIPE: '|' };
const MARKS: Readonly<Record<MarkName, DecimalMark>> = { POINT: '.', COMMA: ',' };

function nameOf<Name extends string, Value>(names: Readonly<Record<Name, Value>>, value: Value): Name {
  const found = (Object.keys(names) as Name[]).find((name) => names[name] === value);
  if (found === undefined) throw new TypeError(`No name for ${JSON.stringify(value)}`);
  return found;
}

export function settingsOf({ encoding, delimiter, decimalMark, currencyCode }: ImportStartInput): ImportSettings {
  return {
    encoding: encoding ?? null,
    delimiter: delimiter ? DELIMITERS[delimiter] : null,
    decimalMark: decimalMark ? MARKS[decimalMark] : null,
    currency: currencyCode ?? null,
  };
}

export function presentImport({
  settings: _settings,
  format,
  header: _header,
  attempts: _attempts,
  readBytes,
  ...job
}: ImportJob): ImportType {
  const done = job.status === 'COMPLETED' ? 100 : Math.floor((readBytes / Math.max(1, job.sizeBytes)) * 100);
  return {
    ...job,
    progress: Math.min(100, done),
    format: format && {
      encoding: format.encoding,
      delimiter: nameOf(DELIMITERS, format.delimiter),
      decimalMark: format.decimalMark && nameOf(MARKS, format.decimalMark),
      currencyCode: format.currency,
    },
  };
}
