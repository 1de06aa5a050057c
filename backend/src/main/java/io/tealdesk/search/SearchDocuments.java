package io.tealdesk.search;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes what can be found of a ticket: its words as they are written, and their stems in the language of each text. */
@Component
class SearchDocuments {

    /** A {@code tsvector} holds a megabyte, and no text of so many bytes makes a larger one. */
    static final int BYTES_MAX = 200_000;

    /** The most frequent words of each language that the other one, and French or Spanish, does not have. */
    private static final String[] ENGLISH = """
            the and is are you to of for with this that have it we please your my not but be can there what
            they would which from been could should how why when does did our i ive dont thanks thank hello
            get any all if by its""".split("\\s+");

    private static final String[] GERMAN = """
            der und ist nicht ich sie wir das mit fur ein eine auf den dem zu haben bitte ihr ihre mein meine
            uns aber wie habe kann wenn auch noch von bei nach im einen einer dass sind wird wurde mir mich vielen
            dank hallo oder konnen""".split("\\s+");

    /** With fewer words than this and none of either language, a text is taken for English. */
    private static final int TOO_SHORT_TO_TELL = 20;

    // The newest messages first: they fill the room that there is, and stand where positions are still counted. Public
    // ones before notes: a word that is also in a note keeps the weight that lets customers find it.
    private static final String WRITE = """
            with wanted as (select unnest(cast(:numbers as bigint[])) as number),
            texts as materialized (
                select w.number, 'A' as weight, 0 as part, 0::bigint as place, t.subject as text
                from wanted w join ticket t on t.number = w.number
                union all
                select w.number, case m.kind when 'PUBLIC_REPLY' then 'D' else 'C' end,
                       case m.kind when 'PUBLIC_REPLY' then 2 else 3 end, -m.id, m.body
                from wanted w cross join lateral (
                    select m.id, m.kind, left(m.body_markdown, :bytes / 4) as body,
                           sum(octet_length(left(m.body_markdown, :bytes / 4))) over (order by m.id desc) as bytes
                    from message m where m.ticket_number = w.number
                    order by m.id desc limit 2000) m
                where m.bytes <= :bytes
            ),
            plainly as materialized (
                select number, weight, part, place, regexp_replace(text, :marks, ' ', 'g') as plain from texts
            ),
            heard as materialized (
                select *, to_tsvector('desk_simple', plain) as words from plainly
            ),
            voted as materialized (
                select *, length(words) as words_count,
                       length(words) - length(ts_delete(words, cast(:english as text[]))) as english,
                       length(words) - length(ts_delete(words, cast(:german as text[]))) as german
                from heard
            ),
            spoken as (select number, sum(english) as english, sum(german) as german from voted group by number),
            stemmed as (
                select v.number, v.part, v.place, setweight(v.words || case
                    when v.german > v.english then to_tsvector('german', v.plain)
                    when v.english > 0 then to_tsvector('desk_english', v.plain)
                    when s.german > s.english then to_tsvector('german', v.plain)
                    when s.english > 0 or v.words_count < :tooShortToTell then to_tsvector('desk_english', v.plain)
                    else '' end, v.weight::"char") as words
                from voted v join spoken s on s.number = v.number
            ),
            named as (
                select w.number, 1 as part, 0::bigint as place,
                       setweight(to_tsvector('desk_simple', regexp_replace(concat_ws(' ', r.name, o.name), :marks, ' ', 'g')),
                                 'B') as words
                from wanted w join ticket t on t.number = w.number
                join person r on r.id = t.requester_id
                left join organisation o on o.id = t.organisation_id
                union all
                select w.number, 4, 0, setweight(to_tsvector('desk_simple',
                           regexp_replace(concat_ws(' ', r.email, array_to_string(t.tags, ' ')), :marks, ' ', 'g')), 'C')
                from wanted w join ticket t on t.number = w.number
                join person r on r.id = t.requester_id
                union all
                select w.number, case m.kind when 'PUBLIC_REPLY' then 2 else 4 end, 1,
                       setweight(to_tsvector('desk_simple', regexp_replace(string_agg(a.file_name, ' '), :marks, ' ', 'g')),
                                 case m.kind when 'PUBLIC_REPLY' then 'D' else 'C' end::"char")
                from wanted w join message m on m.ticket_number = w.number
                join message_attachment ma on ma.message_id = m.id
                join attachment a on a.id = ma.attachment_id
                where :bytes > 0
                group by w.number, m.kind
            ),
            whole as (
                select number, search_words_agg(words order by part, place) as words
                from (select * from stemmed union all select * from named) each_of_it group by number
            ),
            gone as (
                delete from ticket_search s using wanted w
                where s.ticket_number = w.number and not exists (select from ticket t where t.number = w.number)
            )
            insert into ticket_search (ticket_number, shard, words)
            select number, (number / 1024)::int, words from whole
            order by number
            on conflict (ticket_number) do update set words = excluded.words
            where ticket_search.words <> excluded.words""";

    private final JdbcClient jdbc;

    SearchDocuments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes those that exist, deletes those that do not. */
    void write(List<Long> numbers) {
        write(numbers, BYTES_MAX);
    }

    /** @param bytes of messages in each document at most, the newest ones */
    void write(List<Long> numbers, int bytes) {
        jdbc.sql(WRITE)
                .param("numbers", numbers.toArray(Long[]::new))
                .param("bytes", bytes)
                .param("marks", SearchText.A_MARK)
                .param("english", ENGLISH)
                .param("german", GERMAN)
                .param("tooShortToTell", TOO_SHORT_TO_TELL)
                .update();
    }
}
