// oidc-provider's storage interface over a Map: everything is forgotten at a restart, and whatever has expired, each minute.

const rows = new Map(); // "Model:id" -> { payload, expires }

setInterval(() => {
  const now = Date.now();
  for (const [key, row] of rows) if (row.expires <= now) rows.delete(key);
}, 60_000).unref();

export class Store {
  constructor(model) {
    this.model = model;
  }

  async upsert(id, payload, expiresIn) {
    rows.set(`${this.model}:${id}`, { payload, expires: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
    if (payload.uid) rows.set(`uid:${payload.uid}`, { payload: id, expires: Date.now() + expiresIn * 1000 });
  }

  async find(id) {
    const row = rows.get(`${this.model}:${id}`);
    return row && row.expires > Date.now() ? row.payload : undefined;
  }

  async findByUid(uid) {
    return this.find(rows.get(`uid:${uid}`)?.payload);
  }

  async consume(id) {
    rows.get(`${this.model}:${id}`).payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    rows.delete(`${this.model}:${id}`);
  }

  async revokeByGrantId(grantId) {
    for (const [key, { payload }] of rows) if (payload.grantId === grantId) rows.delete(key);
  }
}
