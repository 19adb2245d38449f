//! The tables of a record. docs/record-file.md describes them for people.

/// Written into the file's header, so that `file` and other tools can tell a record from any other database: `onrc`.
pub(crate) const APPLICATION_ID: i64 = 0x6f6e_7263;

/// Layout of the tables below.
pub(crate) const LAYOUT: i64 = 4;

/// What brings a record up to date: the layout that lacks it and those before it, and what is to be done. Nothing that stands in the log is touched.
/// Layout 1 had no decisions; layout 2 numbered assertions through, which had to be found by an index; layout 3 packed each reading alone, and
/// looked through the whole log for decisions.
pub(crate) const STEPS: [(i64, &[Step]); 3] = [
    (1, &[Step::Sql(DECISIONS)]),
    (2, &[Step::Sql(ASSERTIONS_ASIDE), Step::Sql(ASSERTIONS), Step::Sql(ASSERTIONS_BACK), Step::Sql(ARTICLE_INDEXES)]),
    (
        3,
        &[
            Step::Sql(READINGS_ASIDE),
            Step::Sql(READINGS),
            Step::ReadingsBack,
            Step::Sql(READINGS_BEFORE_GONE),
            Step::Sql(LOG_INDEX),
        ],
    ),
];

/// A part of what brings a record up to date.
pub(crate) enum Step {
    /// Statements.
    Sql(&'static str),
    /// The readings of `reading_before`, each packed alone, are packed together.
    ReadingsBack,
}

/// The way to the entries that are decisions.
pub(crate) const LOG_INDEX: &str = "CREATE INDEX log_decision ON log (seq) WHERE kind = 'decision';";

/// Readings, their lines packed together.
pub(crate) const READINGS: &str = "
    CREATE TABLE reading_pack (
        id    INTEGER PRIMARY KEY,
        bytes INTEGER NOT NULL,
        lines BLOB NOT NULL
    ) STRICT;

    CREATE TABLE reading (
        id      INTEGER PRIMARY KEY,
        capture INTEGER NOT NULL REFERENCES capture (id),
        reader  TEXT NOT NULL,
        root    BLOB NOT NULL CHECK (length(root) = 32),
        lines   INTEGER NOT NULL,
        pack    INTEGER NOT NULL REFERENCES reading_pack (id) DEFERRABLE INITIALLY DEFERRED,
        start   INTEGER NOT NULL,
        bytes   INTEGER NOT NULL,
        latest  INTEGER NOT NULL CHECK (latest IN (0, 1)),
        seq     INTEGER NOT NULL UNIQUE REFERENCES log (seq)
    ) STRICT;
    CREATE UNIQUE INDEX reading_latest ON reading (capture) WHERE latest = 1;
";

const READINGS_ASIDE: &str = "
    DROP INDEX reading_latest;
    ALTER TABLE reading RENAME TO reading_before;
";

const READINGS_BEFORE_GONE: &str = "DROP TABLE reading_before;";

/// Assertions, those of an article side by side.
pub(crate) const ASSERTIONS: &str = "
    CREATE TABLE assertion (
        article INTEGER NOT NULL REFERENCES article (row),
        number  INTEGER NOT NULL,
        id      TEXT NOT NULL,
        act     TEXT NOT NULL,
        speaker TEXT NOT NULL,
        actor   TEXT,
        party   TEXT,
        said    TEXT,
        first   INTEGER NOT NULL,
        last    INTEGER NOT NULL,
        PRIMARY KEY (article, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX assertion_actor ON assertion (actor, act) WHERE actor IS NOT NULL;
    CREATE INDEX assertion_party ON assertion (party, act) WHERE party IS NOT NULL;

    CREATE VIEW said AS
        SELECT assertion.id, assertion.act, assertion.speaker, assertion.actor, assertion.party, assertion.said, article.id AS article,
               article.title, article.site, article.published, capture.name AS capture, assertion.first, assertion.last
        FROM assertion JOIN article ON article.row = assertion.article JOIN capture ON capture.id = article.capture;
";

const ASSERTIONS_ASIDE: &str = "
    DROP VIEW said;
    DROP INDEX assertion_article;
    DROP INDEX assertion_actor;
    ALTER TABLE assertion RENAME TO assertion_before;
";

const ASSERTIONS_BACK: &str = "
    INSERT INTO assertion
        SELECT article, row_number() OVER (PARTITION BY article ORDER BY row) - 1, id, act, speaker, actor, party, said, first, last
        FROM assertion_before ORDER BY row;
    DROP TABLE assertion_before;
";

/// Ways to the newest articles, of all sites or of one.
pub(crate) const ARTICLE_INDEXES: &str = "
    CREATE INDEX article_published ON article (published DESC);
    CREATE INDEX article_site ON article (site COLLATE NOCASE, published DESC);
";

/// The table of decisions. Its columns are copies of what the log's entry says.
pub(crate) const DECISIONS: &str = "
    CREATE TABLE decision (
        id          TEXT PRIMARY KEY,
        reviewer    TEXT NOT NULL,
        at          TEXT NOT NULL,
        verdict     TEXT NOT NULL,
        item        TEXT,
        item_type   TEXT,
        found       TEXT,
        item_sha256 TEXT,
        capture     TEXT,
        address     TEXT,
        spans       TEXT,
        quote       TEXT,
        prefix      TEXT,
        suffix      TEXT,
        speaker     TEXT,
        party       TEXT,
        act         TEXT,
        actor       TEXT,
        into_actor  TEXT,
        outlet      TEXT,
        reliability TEXT,
        withdraws   TEXT,
        note        TEXT,
        seq         INTEGER NOT NULL UNIQUE REFERENCES log (seq)
    ) STRICT;
    CREATE INDEX decision_item ON decision (item) WHERE item IS NOT NULL;
";

/// Makes an empty record. Times are as the clock of the machine gave them (UTC, ISO 8601); nothing depends on their order, which is that
/// of `log.seq`.
pub(crate) const TABLES: &str = "
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE log (
        seq  INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('capture', 'reading', 'decision')),
        entry TEXT NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;

    CREATE TABLE capture (
        id            INTEGER PRIMARY KEY,
        sha256        BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
        name          TEXT NOT NULL,
        bytes         INTEGER NOT NULL,
        body          BLOB NOT NULL,
        url           TEXT,
        captured_at   TEXT,
        digest        TEXT,
        listed_date   TEXT,
        unpacked_from TEXT,
        pages         TEXT NOT NULL,
        headers       TEXT NOT NULL,
        seq           INTEGER NOT NULL UNIQUE REFERENCES log (seq)
    ) STRICT;
    CREATE INDEX capture_url ON capture (url) WHERE url IS NOT NULL;

    CREATE TABLE article (
        row       INTEGER PRIMARY KEY,
        id        TEXT NOT NULL,
        capture   INTEGER NOT NULL REFERENCES capture (id),
        title     TEXT,
        site      TEXT,
        published TEXT,
        language  TEXT,
        genre     TEXT NOT NULL,
        edits     BLOB NOT NULL,
        edit_bytes INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX article_capture ON article (capture);

    CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
";
