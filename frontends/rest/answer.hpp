// What a call gave, as an answer over HTTP: the envelope, with what of it HTTP has headers for. Free functions;
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/message.hpp"

namespace dockerhub::rest {

// Of a call that was not suspended. instance: the path of the request.
web::Response answer_of(const CallResult& result, std::string_view instance);

// Adds that ETag to an answer of 200, which becomes 304 where the client has it. tag: "\"...\"", with W/ in front
// where it does not stand for every byte. if_none_match: the header, or empty.
void put_tag(web::Response& response, const std::string& tag, std::string_view if_none_match);

// The same with a weak tag of what the envelope tells: `extra`, rate limit and warnings do not count. What a client gets
// depends on its Accept, as Vary says.
void put_entity_tag(web::Response& response, const CallResult& result,
                    std::string_view if_none_match);

// Whether that header names this entity tag ("\"...\""), weakly compared (RFC 9110, 13.1.2).
bool names_entity_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace dockerhub::rest
