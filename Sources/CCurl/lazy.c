// libcurl brings some thirty libraries along, and loading those takes longer than anything else reel does before its
// prompt. So the program is not linked against it: the functions it calls are defined here and pass on to the real ones,
// loaded with the first request. Hidden, so that libcurl's own calls among these functions stay within it.

#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>

#if defined(__APPLE__)
#define LIBRARY "libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4"
#endif

#define HIDDEN __attribute__((visibility("hidden")))

// X(result, name, parameters, arguments, result without libcurl)
#define FUNCTIONS(X)                                                                                                   \
    X(CURLcode, global_init, (long flags), (flags), CURLE_FAILED_INIT)                                                 \
    X(CURL *, easy_init, (void), (), NULL)                                                                             \
    X(void, easy_cleanup, (CURL * easy), (easy), )                                                                     \
    X(void, easy_reset, (CURL * easy), (easy), )                                                                       \
    X(const char *, easy_strerror, (CURLcode code), (code), "libcurl is missing")                                      \
    X(void, free, (void *memory), (memory), )                                                                          \
    X(CURLM *, multi_init, (void), (), NULL)                                                                           \
    X(CURLMcode, multi_cleanup, (CURLM * multi), (multi), CURLM_INTERNAL_ERROR)                                        \
    X(CURLMcode, multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)                   \
    X(CURLMcode, multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)                \
    X(CURLMcode, multi_perform, (CURLM * multi, int *running), (multi, running), CURLM_INTERNAL_ERROR)                 \
    X(CURLMcode, multi_poll, (CURLM * multi, struct curl_waitfd fds[], unsigned int count, int wait, int *events),     \
      (multi, fds, count, wait, events), CURLM_INTERNAL_ERROR)                                                         \
    X(CURLMcode, multi_wakeup, (CURLM * multi), (multi), CURLM_INTERNAL_ERROR)                                         \
    X(CURLMsg *, multi_info_read, (CURLM * multi, int *left), (multi, left), NULL)                                     \
    X(struct curl_slist *, slist_append, (struct curl_slist * list, const char *text), (list, text), NULL)             \
    X(void, slist_free_all, (struct curl_slist * list), (list), )                                                      \
    X(CURLU *, url, (void), (), NULL)                                                                                  \
    X(void, url_cleanup, (CURLU * url), (url), )                                                                       \
    X(CURLUcode, url_set, (CURLU * url, CURLUPart part, const char *text, unsigned int flags),                         \
      (url, part, text, flags), CURLUE_OUT_OF_MEMORY)

#define POINTER(result, name, parameters, arguments, missing) result(*name) parameters;
static struct {
    FUNCTIONS(POINTER)
    __typeof__(curl_url_get) *url_get;
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
} real;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded;

// What dlsym finds is a function, whatever ISO C says about the cast.
static int found(void *library, void *slot, const char *name) {
    *(void **)slot = dlsym(library, name);
    return *(void **)slot != NULL;
}

static void load(void) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    int all = 1;
#define FIND(result, name, parameters, arguments, missing) all &= found(library, &real.name, "curl_" #name);
    FUNCTIONS(FIND)
    all &= found(library, &real.url_get, "curl_url_get");
    all &= found(library, &real.easy_setopt, "curl_easy_setopt");
    all &= found(library, &real.easy_getinfo, "curl_easy_getinfo");
    all &= found(library, &real.multi_setopt, "curl_multi_setopt");
    is_loaded = all;
}

static int ready(void) {
    pthread_once(&once, load);
    return is_loaded;
}

#define FORWARD(result, name, parameters, arguments, missing)                                                          \
    HIDDEN result curl_##name parameters {                                                                             \
        if (!ready()) return missing;                                                                                  \
        return real.name arguments;                                                                                    \
    }
FUNCTIONS(FORWARD)

CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags) {
    return ready() ? real.url_get(url, part, text, flags) : CURLUE_OUT_OF_MEMORY;
}

// Every argument these take (long, curl_off_t, pointer) fills one 64-bit slot, so it can be passed on unread.
_Static_assert(sizeof(long) == sizeof(void *) && sizeof(curl_off_t) == sizeof(void *), "reel needs a 64-bit platform");

HIDDEN CURLcode(curl_easy_setopt)(CURL *easy, CURLoption option, ...) {
    if (!ready()) return CURLE_FAILED_INIT;
    va_list list;
    va_start(list, option);
    void *value = va_arg(list, void *);
    va_end(list);
    return real.easy_setopt(easy, option, value);
}

HIDDEN CURLcode(curl_easy_getinfo)(CURL *easy, CURLINFO info, ...) {
    if (!ready()) return CURLE_FAILED_INIT;
    va_list list;
    va_start(list, info);
    void *value = va_arg(list, void *);
    va_end(list);
    return real.easy_getinfo(easy, info, value);
}

HIDDEN CURLMcode(curl_multi_setopt)(CURLM *multi, CURLMoption option, ...) {
    if (!ready()) return CURLM_INTERNAL_ERROR;
    va_list list;
    va_start(list, option);
    void *value = va_arg(list, void *);
    va_end(list);
    return real.multi_setopt(multi, option, value);
}
