// What Redis does as one, in Lua. An entry is a hash that expires: `own` and `entry` say where it stands in the list of
// its principal; beside them an approval has `value`, `state` (of its call) and `decision`, a request under a key has
// `digest`, `attempt` and `answer`. A list of a principal has "BYTES:KEY" for each entry, the list of all has its key,
// both by the time when it ends, in milliseconds, of Redis's clock: those of the copies need not agree. What is kept
// anew is written first of all: a Redis without memory refuses a script's first write alone. Constants.
#pragma once

#include <string_view>

namespace dockerhub::rest {

// KEYS: the entry, the list of its principal, the list of all. ARGV: life of the entry, life of lists, most of one, most
// of all, most bytes of one, bytes of the entry, the time after which it is void or 0, then its fields. Gives {"kept"},
// {"one"} or {"all"} for whom there is no place, {"late"}, or {"there", digest, answer}.
inline constexpr std::string_view kAddScript = R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[7] ~= '0' and now >= tonumber(ARGV[7]) then return {'late'} end
local there = redis.call('HMGET', KEYS[1], 'digest', 'answer', 'own')
if there[3] then return {'there', there[1], there[2]} end
local present = string.format('%.0f', now)
local bytes = tonumber(ARGV[6])
local own = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. present, '+inf')
for _, each in ipairs(own) do bytes = bytes + tonumber(string.match(each, '^%d+')) end
if #own >= tonumber(ARGV[3]) or bytes > tonumber(ARGV[5]) then return {'one'} end
if redis.call('ZCOUNT', KEYS[3], '(' .. present, '+inf') >= tonumber(ARGV[4]) then return {'all'} end
local entry = ARGV[6] .. ':' .. KEYS[1]
local ends = string.format('%.0f', now + ARGV[1])
redis.call('HSET', KEYS[1], 'own', KEYS[2], 'entry', entry, unpack(ARGV, 8))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', present)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', present)
redis.call('ZADD', KEYS[2], ends, entry)
redis.call('ZADD', KEYS[3], ends, KEYS[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('PEXPIRE', KEYS[3], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {'kept'}
)";

// KEYS: the entry, the list of all. ARGV: the attempt that it has to be of, or empty. Gives how many were removed.
inline constexpr std::string_view kRemoveScript = R"(
local there = redis.call('HMGET', KEYS[1], 'own', 'entry', 'attempt')
if not there[1] or (ARGV[1] ~= '' and there[3] ~= ARGV[1]) then return 0 end
redis.call('ZREM', there[1], there[2])
redis.call('ZREM', KEYS[2], KEYS[1])
return redis.call('DEL', KEYS[1])
)";

// KEYS: the entry. ARGV: the decision. Gives 1 where it is the first one.
inline constexpr std::string_view kDecideScript = R"(
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
return redis.call('HSETNX', KEYS[1], 'decision', ARGV[1])
)";

// KEYS: the list of all. Gives {key, value, decision} of each.
inline constexpr std::string_view kListScript = R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
local found = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf')) do
  local there = redis.call('HMGET', key, 'value', 'decision')
  if there[1] then found[#found + 1] = {key, there[1], there[2]} end
end
return found
)";

// KEYS: the entry. ARGV: the answer, bytes of the entry, its attempt. Its end stays what it is, and that of the list: a list that
// was empty in between would be made anew, without an end.
inline constexpr std::string_view kFinishScript = R"(
local there = redis.call('HMGET', KEYS[1], 'own', 'entry', 'attempt')
if not there[1] or there[3] ~= ARGV[3] then return 0 end
local entry = ARGV[2] .. ':' .. KEYS[1]
local ends = redis.call('ZSCORE', there[1], there[2])
if ends and entry ~= there[2] then
  redis.call('ZADD', there[1], ends, entry)
  redis.call('ZREM', there[1], there[2])
end
redis.call('HSET', KEYS[1], 'answer', ARGV[1], 'entry', entry)
return 1
)";

}  // namespace dockerhub::rest
