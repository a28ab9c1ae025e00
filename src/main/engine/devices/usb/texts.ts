/** What every family says of reads that give nothing. */
export const MISREAD = 'the badge was read with an error: hold it to the reader again';
export const NO_BADGE = 'what was read is no badge as the site file describes it under this reader';
export const UNKNOWN_REPORT =
  'the reader sends what is not known here: is its driver right in the site file?';
