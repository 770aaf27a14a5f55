/* One of the values that its parameter may have hides what it says. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH(
    "hides_in_values", "1.0", "", "hides_in_values",
    "{\"name\":\"run\",\"summary\":\"Answers null\",\"effect\":{\"is\":\"read\"},\"parameters\":["
    "{\"name\":\"way\",\"type\":\"string\",\"choices\":[\"on\",\"off\\u202e\"]}]}"));

HARMLESS_ENTRY
