// Every problem the city answers with (RFC 9457). Codes are for ever, wording may change.
// `type` is a URN, so that it means the same in every city and on every stage.

export interface Wording {
  readonly zh: string
  readonly en: string
}

interface ProblemEntry {
  readonly status: number
  readonly title: Wording
}

export const problems = {
  // The request itself
  REQUEST_INVALID: { status: 400, title: { zh: '送出的資料有誤', en: 'Something in the request is not right' } },
  JSON_BROKEN: { status: 400, title: { zh: '內容不是有效的 JSON', en: 'The body is not valid JSON' } },
  CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    title: { zh: '請以 application/json 傳送', en: 'Send the body as application/json' },
  },
  BODY_TOO_LARGE: { status: 413, title: { zh: '內容超過大小上限', en: 'The body is too large' } },
  ROUTE_UNKNOWN: { status: 404, title: { zh: '沒有這個網址', en: 'There is nothing at this address' } },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: { zh: '這個網址不接受此方法', en: 'This address does not take that method' },
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    title: { zh: '請附上 Idempotency-Key', en: 'An Idempotency-Key header is needed' },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: { zh: '這個 Idempotency-Key 已用於另一筆內容', en: 'This Idempotency-Key was used with another body' },
  },

  // Who is calling
  ORIGIN_REFUSED: { status: 403, title: { zh: '請由正式網址連線', en: 'Please use the public address' } },
  TOKEN_MISSING: { status: 401, title: { zh: '請先登入', en: 'Please sign in' } },
  TOKEN_INVALID: {
    status: 401,
    title: { zh: '登入憑證無效，請重新登入', en: 'The sign-in is not valid; please sign in again' },
  },
  TOKEN_EXPIRED: {
    status: 401,
    title: { zh: '登入已逾時，請重新登入', en: 'The sign-in has expired; please sign in again' },
  },
  TOKEN_FOR_ANOTHER_SERVICE: {
    status: 401,
    title: { zh: '這份登入憑證屬於其他服務', en: 'This sign-in is for another service' },
  },
  CALLER_NOT_ALLOWED: { status: 403, title: { zh: '您的身分不能使用這項功能', en: 'Your role may not do this' } },
  TIER_TOO_LOW: { status: 403, title: { zh: '需要更高的資料等級', en: 'A higher data tier is needed' } },
  API_KEY_REFUSED: { status: 403, title: { zh: 'API 金鑰無效或未附上', en: 'The API key is missing or not valid' } },

  // The house under load
  TOO_MANY_REQUESTS: {
    status: 429,
    title: { zh: '請求過於頻繁，請稍後再試', en: 'Too many requests; please try again shortly' },
  },
  BUSY: { status: 503, title: { zh: '系統忙碌中，請稍後再試', en: 'The service is busy; please try again shortly' } },
  TOO_SLOW: {
    status: 503,
    title: {
      zh: '處理逾時，請以同一筆 Idempotency-Key 再試一次',
      en: 'This took too long; repeat it with the same Idempotency-Key',
    },
  },
  FAULT: {
    status: 500,
    title: { zh: '系統發生錯誤，我們已收到通知', en: 'Something broke on our side; we have been told' },
  },

  // Campaigns
  CAMPAIGN_UNKNOWN: { status: 404, title: { zh: '查無此活動', en: 'There is no such campaign' } },
  CAMPAIGN_NOT_OPEN: { status: 409, title: { zh: '活動尚未開放登記', en: 'Registration has not opened yet' } },
  CAMPAIGN_CLOSED: { status: 409, title: { zh: '活動登記已截止', en: 'Registration has closed' } },
  LANE_NOT_OPEN: {
    status: 409,
    title: { zh: '目前不是您的身分證尾數登記時段', en: 'It is not the turn of your lane' },
  },
  POOL_UNKNOWN: { status: 422, title: { zh: '沒有這個券別', en: 'There is no such voucher pool' } },
  CAMPAIGN_EXISTS: { status: 409, title: { zh: '已有同代號的活動', en: 'A campaign with this id exists' } },
  CAMPAIGN_ALREADY_PUBLISHED: {
    status: 409,
    title: { zh: '活動已發布，不能再修改', en: 'The campaign is published and can no longer be changed' },
  },
  CAMPAIGN_TIMES_PAST: {
    status: 422,
    title: {
      zh: '活動時間已過，請調整後再發布',
      en: 'The times of the campaign have passed; move them before publishing',
    },
  },
  CAMPAIGN_CHANGED: {
    status: 409,
    title: { zh: '活動已被他人修改，請重新載入', en: 'Somebody else changed the campaign; load it again' },
  },
  CLOSING_NOT_READY: { status: 409, title: { zh: '截止統計尚未完成', en: 'The count at closing is not ready yet' } },
  REGISTRATION_UNKNOWN: { status: 404, title: { zh: '查無您的登記', en: 'You have no registration here' } },
  REGISTRATION_NOT_YOURS: { status: 403, title: { zh: '這不是您的登記', en: 'This registration is not yours' } },
  REGISTRATION_WITHDRAWN: { status: 409, title: { zh: '登記已撤回', en: 'The registration was withdrawn' } },
} as const satisfies Record<string, ProblemEntry>

export type ProblemCode = keyof typeof problems

const typeOf = (code: string) => `urn:tongquan:problem:${code.toLowerCase().replaceAll('_', '-')}`

export const problemType = (code: ProblemCode): string => typeOf(code)
