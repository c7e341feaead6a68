-- The heads of the chains: how many rows a chain has and the hash of the last one.

-- :head(name text) -> one (length int, head blob)
SELECT length, head FROM chain WHERE name = :name;

-- Moves the head by exactly one row.
-- :move(name text, length int, head blob) -> changed
INSERT INTO chain (name, length, head) VALUES (:name, :length, :head)
ON CONFLICT (name) DO UPDATE SET length = excluded.length, head = excluded.head
WHERE chain.length = excluded.length - 1;
