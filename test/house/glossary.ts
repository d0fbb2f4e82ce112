// The word list of the city: one row per idea, zh-TW | English | meaning.
export interface Word {
  readonly zh: string
  readonly en: string
  readonly meaning: string
}

const isRow = (line: string): boolean => line.startsWith('|') && !/^\|[\s:|-]+\|?$/.test(line)

export const wordsIn = (page: string): readonly Word[] =>
  page
    .split('\n')
    .filter(isRow)
    .map((line) => line.split('|').slice(1, -1))
    .map(([zh = '', en = '', meaning = '']) => ({ zh: zh.trim(), en: en.trim(), meaning: meaning.trim() }))
    .filter((word) => word.en !== 'English')

const incomplete = (word: Word): readonly string[] => [
  ...(/\p{Script=Han}/u.test(word.zh) ? [] : [`"${word.en}" has no word in zh-TW`]),
  ...(/[a-z]/i.test(word.en) ? [] : [`"${word.zh}" has no English word`]),
  ...(word.meaning === '' ? [`"${word.en}" has no meaning`] : []),
]

const twice = (words: readonly Word[], of: (word: Word) => string): readonly string[] =>
  [...Map.groupBy(words, of)].filter(([, rows]) => rows.length > 1).map(([name]) => `"${name}" stands there twice`)

export const faultsIn = (words: readonly Word[]): readonly string[] => [
  ...words.flatMap(incomplete),
  ...twice(words, (word) => word.en.toLowerCase()),
  ...twice(words, (word) => word.zh),
]
